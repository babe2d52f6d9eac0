"""Makes a film with the Python client that the generator makes of openapi.yaml; prints what came out as JSON."""
import json
import sys
import time
import urllib.request

import directorai
from directorai import models

base_url, folder = sys.argv[1:]
configuration = directorai.Configuration(host=base_url)
with directorai.ApiClient(configuration) as client:
    account = models.Registration(username="guido", email="guido@example.com", password="correct horse battery staple")
    configuration.access_token = directorai.AuthApi(client).register_user(account).data.token
    params = models.FilmFromPrompt(
        prompt="Two rival chefs must cook together on a storm-tossed airship",
        scene_count=2, character_count=1, scene_seconds=5, language="en",
    )
    order = models.TaskCreate(models.FilmTaskCreate(type="film", params=models.FilmParams(params)))
    tasks = directorai.TasksApi(client)
    task_id = tasks.create_task(order, idempotency_key="one film").data.id
    assert tasks.create_task(order, idempotency_key="one film").data.id == task_id
    deadline = time.monotonic() + 60
    while (task := tasks.get_task(task_id).data).status not in ("completed", "failed", "cancelled"):
        assert time.monotonic() < deadline, f"still {task.status}"
        time.sleep(0.3)
    film = task.result.actual_instance
    screenplay = directorai.ScreenplaysApi(client).get_screenplay(film.screenplay_id).data
    path = f"{folder}/film.mp4"
    with urllib.request.urlopen(film.url) as answer, open(path, "wb") as file:
        file.write(answer.read())
    try:
        tasks.get_task("00000000-0000-7000-8000-000000000000")
        missing = None
    except directorai.exceptions.NotFoundException as error:
        missing = json.loads(error.body)["code"]
    facts = {"status": task.status, "scenes": len(screenplay.scenes), "seconds": film.duration_seconds, "missing": missing}
    print(json.dumps({**facts, "path": path}))
