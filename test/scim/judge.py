"""Runs every check of scim2-tester against a service, and prints each outcome as a line of JSON.

Called with the folder of scim2-tester, the address of the service, and a token.
"""
import json
import sys

folder, base, token = sys.argv[1:4]
sys.path.insert(0, folder)

from httpx2 import Client  # noqa: E402
from scim2_client.engines.httpx2 import SyncSCIMClient  # noqa: E402
from scim2_tester import check_server  # noqa: E402

http = Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, timeout=30)
for result in check_server(SyncSCIMClient(http)):
    print(
        json.dumps(
            {
                "status": result.status.name,
                "title": result.title,
                "about": result.resource_type,
                "reason": result.reason,
                "data": str(result.data)[:2000] if result.status.name != "SUCCESS" else None,
            }
        ),
        flush=True,
    )
