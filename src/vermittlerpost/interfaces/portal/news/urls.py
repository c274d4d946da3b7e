"""Addresses below /aktuelles/."""

from django.urls import path

from vermittlerpost.interfaces.portal.news.stub_news import news

urlpatterns = [path("maklerticker/", news, name="news")]
