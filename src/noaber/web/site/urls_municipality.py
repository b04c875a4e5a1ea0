"""The addresses of an installation of a municipality."""

from .addresses import addresses

urlpatterns = addresses("municipality")
handler403, handler404, handler500 = (f"noaber.web.site.views.{name}" for name in ("forbidden", "missing", "broken"))
handler400 = "noaber.web.site.views.unclear"
