"""The addresses of this room."""

app_name = "privacy"
urlpatterns: list[object] = []
