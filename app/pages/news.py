"""The portal's news, on the pages that show them (PPR-51)."""

import reflex as rx

from components.news import news
from models import french
from models.news.catalogue import NEWS


def news_card() -> rx.Component:
    """The last pieces of news, for everybody alike."""
    return news(
        [(french.day(one.published_on), one.published_on.isoformat(), one.title, one.text) for one in NEWS]
    )
