"""How gunicorn writes its own log in production: in the form of all other lines (it reads its settings from here)."""

logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "vermittlerpost.interfaces.ops.logs.JsonLines"}},
    "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stream"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"handlers": ["stream"], "level": "WARNING", "propagate": False}},
}
