"""Executes the state machines on moto, and prints how that ended: argument 1 is the folder with evaluate.js, standard input the scenario.

moto 5.2.1 executes definitions, but has its JSONata from a JVM that isn't there, and can't start one execution from another: the names of fields
are not turned into boto's and back, a nameless execution is named None, and machines are copied with their running threads.
"""
import collections
import copy
import itertools
import json
import os
import subprocess
import sys
import threading
import time
import types

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

import boto3  # noqa: E402
from moto import mock_aws  # noqa: E402
from moto.stepfunctions.parser import models  # noqa: E402
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils  # noqa: E402
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_sfn as nested  # noqa: E402
from moto.stepfunctions.parser.asl.jsonata import jsonata  # noqa: E402

scenario = json.load(sys.stdin)
node = subprocess.Popen(["node", "evaluate.js"], cwd=sys.argv[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
turn = threading.Lock()
names = itertools.count()
runs = collections.Counter()


def evaluate(expression):
    with turn:
        node.stdin.write(json.dumps({"template": "{%" + expression + "%}", "bindings": {}}) + "\n")
        node.stdin.flush()
        answer = json.loads(node.stdout.readline())
    if "error" in answer:
        raise jsonata.JSONataException("UNKNOWN", answer["error"])
    return answer["value"]


def invoke(parameters, region, state_credentials):
    payload = json.loads(parameters["Payload"])
    if parameters["FunctionName"].endswith(":ListRepositories"):
        at = int(payload.get("nextToken", "0"))
        end = at + scenario["namesAPage"]
        answer = {"repositories": scenario["repositories"][at:end]}
        if end < len(scenario["repositories"]):
            answer["nextToken"] = str(end)
    else:
        with turn:
            runs[payload["repository"]] += 1
            answers = scenario["answers"].get(payload["repository"], [{}])
            answer = scenario["finished"] | answers[min(runs[payload["repository"]], len(answers)) - 1]
        if "errorType" in answer:
            return {"FunctionError": "Unhandled", "Payload": answer, "StatusCode": 200}
    return {"ExecutedVersion": "$LATEST", "Payload": answer, "StatusCode": 200}


def cased(change, fields):
    return {change(name[0]) + name[1:]: value for name, value in fields.items()}


class Client:
    def __init__(self, **parameters):
        self.client = client_for(**parameters)

    def start_execution(self, **parameters):
        return self.client.start_execution(name=f"page-{next(names)}", **cased(str.lower, parameters))

    def describe_execution(self, **parameters):
        return self.client.describe_execution(**parameters)


def build_resolver(self, env, **parameters):
    env.stack[-1] = cased(str.upper, env.stack[-1])
    resolve = build(self, env=env, **parameters)
    return lambda: (ended := resolve()) and cased(str.upper, ended)


jsonata._eval_jsonata = evaluate
lambda_eval_utils._invoke_lambda_function = invoke
client_for, nested.boto_client_for = nested.boto_client_for, Client
build, nested.StateTaskServiceSfn._build_sync2_resolver = nested.StateTaskServiceSfn._build_sync2_resolver, build_resolver
models.copy = types.SimpleNamespace(deepcopy=copy.copy)

with mock_aws(config={"stepfunctions": {"execute_state_machine": True}}):
    states = boto3.client("stepfunctions")
    role = boto3.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    machines = {
        name: states.create_state_machine(name=name, roleArn=role, definition=json.dumps(definition))["stateMachineArn"]
        for name, definition in scenario["definitions"].items()
    }

    def events_of(execution):
        history = states.get_execution_history(executionArn=execution, maxResults=1000)
        return collections.Counter(event["type"] for event in history["events"])

    run = states.start_execution(stateMachineArn=machines["Reconcile"], name="all", input=json.dumps(scenario["input"]))["executionArn"]
    while (ended := states.describe_execution(executionArn=run))["status"] == "RUNNING":
        time.sleep(0.05)
    pages = states.list_executions(stateMachineArn=machines["ReconcilePage"])["executions"]
    json.dump(
        {
            "output": json.loads(ended.get("output", "null")),
            "error": ended.get("error"),
            "cause": ended.get("cause"),
            "events": events_of(run),
            "pages": [events_of(page["executionArn"]) for page in pages],
        },
        sys.stdout,
    )

node.kill()
