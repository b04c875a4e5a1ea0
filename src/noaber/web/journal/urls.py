"""The addresses of this room."""

app_name = "journal"
urlpatterns: list[object] = []
