"""The addresses of an installation of a partner."""

from .addresses import addresses

urlpatterns = addresses("partner")
handler403, handler404, handler500 = (f"noaber.web.site.views.{name}" for name in ("forbidden", "missing", "broken"))
handler400 = "noaber.web.site.views.unclear"
