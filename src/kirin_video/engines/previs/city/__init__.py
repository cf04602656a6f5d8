"""The city: a clay avenue with houses, shops, trees, cars and lamps, by day and by night."""

from kirin_video.engines.previs.city.model import CityModel, build_city

__all__ = ["CityModel", "build_city"]
