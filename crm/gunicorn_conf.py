"""How gunicorn serves Callback: `start` takes these, and so does `gunicorn -c python:crm.gunicorn_conf crm.wsgi`."""

workers = 1  # SQLite takes one writer, and threads share its page cache
threads = 8
control_socket_disable = True

# A request's head: longer or more of it is answered 400 or 431 before Django sees it. Bodies: crm.access.middleware.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190

# What a proxy says is read in crm.web.proxy alone.
forwarded_allow_ips = ""
forwarder_headers = ""
