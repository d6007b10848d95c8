"""Logs in by a function of a client, as a program does: sync, async or docarray. Prints who it is then."""

import asyncio
import sys

import hubble
from hubble.utils.auth import Auth

how = sys.argv[1]
if how == 'docarray':
    import docarray

    docarray.login()
elif how == 'sync':
    Auth.login_sync(prompt='login')
else:
    asyncio.run(Auth.login(prompt='login'))

answer = hubble.Client(max_retries=None, jsonify=True).get_user_info()
print('I am', answer['data']['_id'])
