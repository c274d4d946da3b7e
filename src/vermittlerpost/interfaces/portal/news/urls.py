"""Addresses below /aktuelles/."""

from django.urls import path

from vermittlerpost.interfaces.portal.news.pages import archive, article, news

urlpatterns = [
    path("maklerticker/", news, name="news"),
    path("maklerticker/archiv/", archive, name="news_archive"),
    # The number of an item that was fed may hold a slash.
    path("maklerticker/<path:article>/", article, name="article"),
]
