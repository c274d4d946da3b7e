"""The worker."""


def on_app_ready(app):
    pass
