"""Forecasts: what a campaign will come to if nothing changes, and how sure that is."""

from core.forecasts.build import build_forecast, forecast_of
from core.forecasts.model import Arrivals, Fan, Forecast, GoalForecast

__all__ = ["Arrivals", "Fan", "Forecast", "GoalForecast", "build_forecast", "forecast_of"]
