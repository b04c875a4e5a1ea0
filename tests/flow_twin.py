"""The flow engine once more, slowly and obviously: loops over cells, forms and cohorts, plain numbers, no arrays.

A cohort is (cell, form, month it began, effects it meets) with its number of persons. Only measures on different
people (no `people`), whose sizes are numbers. Returns clients, starts, ends and net euros as lists [month][cell][form].
"""

from collections import defaultdict


def rate(array, *index):
    """Return array[index], where an axis of length 1 holds for all."""
    return float(array[tuple(i if length > 1 else 0 for i, length in zip(index, array.shape, strict=True))])


class Twin:
    def __init__(self, town, measures=()):
        self.town = town
        self.rates = town.rates
        self.cells, self.forms = range(len(town.residents)), range(len(town.forms))
        self.effects = [effect for measure in measures for effect in measure.effects]
        self.pool = town.forms.pools
        self.arrivals = defaultdict(float)  # (month, cell, form) → persons
        self.cohorts = defaultdict(float)  # (cell, form, months behind, effects met) → persons
        classes = len(town.rates.exit)
        for cell in self.cells:
            for form in self.forms:
                for age in range(classes):
                    self.cohorts[cell, form, age, frozenset()] += float(town.stock[age, cell, form])

    def of(self, *levers, new_only=None):
        return [
            (number, effect)
            for number, effect in enumerate(self.effects)
            if effect.lever in levers and (new_only is None or effect.present != new_only)
        ]

    def reach(self, effect, month, cell, form):
        return float(effect.ramp[month]) * float(effect.touches[cell, form])

    def run(self):
        people = [float(number) for number in self.town.residents]
        out = {name: [] for name in ("clients", "starts", "ends", "net", "waiting")}
        for month in range(self.town.months):
            people = self.move_people(month, people)
            self.reassess(month)
            starts = self.start(month, people)
            for (cell, form), persons in starts.items():
                self.admit(month, cell, form, persons)
            out["clients"].append(self.table(self.present))
            out["starts"].append(self.table(lambda c, f, starts=starts: starts[c, f]))
            out["net"].append(self.table(lambda c, f, month=month: self.net(month, c, f)))
            ended = self.end(month)
            out["ends"].append(self.table(lambda c, f, ended=ended: ended[c, f]))
        return out

    def table(self, cell_form):
        return [[cell_form(cell, form) for form in self.forms] for cell in self.cells]

    def present(self, cell, form):
        return sum(persons for (c, f, _, _), persons in self.cohorts.items() if (c, f) == (cell, form))

    def move_people(self, month, people):
        demography = self.town.demography
        if demography is None:
            return people
        new = [float(number) for number in demography.newcomers[month]]
        if demography.at[month] < 0:
            return [a + b for a, b in zip(people, new, strict=True)]
        share = demography.maps[demography.at[month]]
        cohorts, arrivals = defaultdict(float), defaultdict(float)
        for to in self.cells:
            for source in self.cells:
                new[to] += float(share[to, source]) * people[source]
                for (cell, *rest), persons in self.cohorts.items():
                    if cell == source:
                        cohorts[(to, *rest)] += float(share[to, source]) * persons
                for (when, cell, form), persons in self.arrivals.items():
                    if cell == source:
                        arrivals[when, to, form] += float(share[to, source]) * persons
        self.cohorts, self.arrivals = cohorts, arrivals
        return new

    def reassess(self, month):
        """Present clients come within reach of duration measures as the ramp rises."""
        for number, effect in self.of("duration", new_only=False):
            for (cell, form, age, met), persons in list(self.cohorts.items()):
                before = float(effect.ramp[month - 1]) if month else 0.0
                touched = float(effect.touches[cell, form])
                left = 1 - before * touched
                if number in met or left <= 0 or not touched:
                    continue
                going = persons * touched * (float(effect.ramp[month]) - before) / left
                self.cohorts[cell, form, age, met] -= going
                self.cohorts[cell, form, age, met | {number}] += going

    def start(self, month, people):
        starts, at_risk, later = defaultdict(float), {}, defaultdict(float)
        for cell in self.cells:
            for pool in set(self.pool):
                members = [form for form in self.forms if self.pool[form] == pool]
                busy = sum(self.present(cell, form) + self.arrivals[month, cell, form] for form in members)
                at_risk[cell, pool] = max(people[cell] - busy, 0.0)
            for form in self.forms:
                starts[cell, form] += self.arrivals.pop((month, cell, form), 0.0)
        for cell in self.cells:
            for form in self.forms:
                asking = at_risk[cell, self.pool[form]] * rate(self.rates.inflow, month, cell, form)
                for levers in (("eligibility",), ("inflow",)):
                    asking = self.keep_away(month, cell, form, asking, self.of(*levers), starts, later, sent=False)
                left = self.keep_away(month, cell, form, asking, self.of("access"), starts, later, sent=True)
                starts[cell, form] += left
        for key, persons in later.items():
            self.arrivals[key] += persons
        return starts

    def keep_away(self, month, cell, form, asking, effects, starts, later, *, sent):
        """Return who is left; send the rest where `to` says, and let the waterbed bring back its share."""
        sign = -1 if not sent else 1
        alone = [self.reach(e, month, cell, form) * sign * float(e.size) for _, e in effects]
        more = 1.0
        for share in alone:
            more *= 1 - min(share, 0.0)
        asking *= more
        left = asking
        for share in alone:
            left *= 1 - max(share, 0.0)
        whole = sum(max(share, 0.0) for share in alone)
        for (_, effect), share in zip(effects, alone, strict=True):
            if share <= 0:
                continue
            away = (asking - left) * share / whole
            for to in self.forms:
                if sent:
                    starts[cell, to] += away * float(effect.to[form, to])
                bed = effect.waterbed
                if bed is None:
                    continue
                back = away * float(bed.share) * float(bed.to[form, to])
                if bed.delay:
                    later[month + bed.delay, cell, to] += back
                else:
                    starts[cell, to] += back
        return left

    def admit(self, month, cell, form, persons):
        """Split starters by which measures they meet, each by chance."""
        groups = {frozenset(): persons}
        new_only = self.of("duration") + self.of("intensity", "price", "contribution", new_only=True)
        for number, effect in new_only:
            share = self.reach(effect, month, cell, form)
            groups = {
                **{met: size * (1 - share) for met, size in groups.items()},
                **{met | {number}: size * share for met, size in groups.items()},
            }
        for met, size in groups.items():
            self.cohorts[cell, form, 0, met] += size

    def net(self, month, cell, form):
        total = (
            rate(self.rates.fixed, month, form) * float(self.town.residents[cell]) / float(self.town.residents.sum())
        )
        for _, effect in self.of("fixed"):
            total *= 1 + self.reach(effect, month, cell, form) * float(effect.size)
        for (c, f, _, met), persons in self.cohorts.items():
            if (c, f) != (cell, form):
                continue
            factor = {}
            for lever in ("intensity", "price", "contribution"):
                factor[lever] = rate(getattr(self.rates, lever), month, form)
                for number, effect in self.of(lever):
                    if effect.present:
                        factor[lever] *= 1 + self.reach(effect, month, cell, form) * float(effect.size)
                    elif number in met:
                        factor[lever] *= 1 + float(effect.size)
            total += persons * (factor["intensity"] * factor["price"] - factor["contribution"])
        return total

    def exit(self, cell, form, age, met):
        hazard = rate(self.rates.exit, min(age, len(self.rates.exit) - 1), cell, form)
        stay = 1 - hazard
        for number in sorted(met):
            if self.effects[number].lever == "duration":
                stay **= 1 / (1 + float(self.effects[number].size))
        return 1 - stay

    def end(self, month):
        ended, after = defaultdict(float), defaultdict(float)
        for (cell, form, age, met), persons in self.cohorts.items():
            share = self.exit(cell, form, age, met)
            ended[cell, form] += persons * share
            after[cell, form, age + 1, met] += persons * (1 - share)
            self.go_on(month, cell, form, age, persons * share)
            for number in met:
                bed = self.effects[number].waterbed
                if bed is None or self.effects[number].lever != "duration":
                    continue
                extra = max(share - self.exit(cell, form, age, met - {number}), 0.0)
                for to in self.forms:
                    back = persons * extra * float(bed.share) * float(bed.to[form, to])
                    self.arrivals[month + 1 + bed.delay, cell, to] += back
        self.cohorts = after
        return ended

    def go_on(self, month, cell, form, age, ended):
        for number, (source, target) in enumerate(self.rates.follows):
            if source != form:
                continue
            share = rate(self.rates.through, min(age, len(self.rates.through) - 1), number)
            for _, effect in self.of("throughflow"):
                pair = 1.0 if effect.to is None else float(effect.to[source, target])
                share *= 1 + self.reach(effect, month, cell, form) * float(effect.size) * pair
            self.arrivals[month + 1, cell, int(target)] += ended * share
