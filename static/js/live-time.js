// live-time
