"""How gunicorn serves: gunicorn -c deploy/gunicorn.conf.py diplomacy.wsgi"""

workers = 2
# A browser keeps spare connections open; threads let others be answered meanwhile.
threads = 4
preload_app = True
control_socket_disable = True
loglevel = "warning"
