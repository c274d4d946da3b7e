"""The product's own settings, with the queue of mails beside it that S5 measures against."""

from vermittlerpost.config.settings import *  # noqa: F403 (these are the product's, whatever they will be)
from vermittlerpost.config.settings import ENVIRONMENT
from vermittlerpost.config.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "post_office"]
ROOT_URLCONF = "benchmarks.addresses"
EMAIL_HOST = ENVIRONMENT.smtp_host
EMAIL_PORT = ENVIRONMENT.smtp_port
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
