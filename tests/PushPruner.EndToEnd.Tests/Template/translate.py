"""Prints what CloudFormation would be given for template.yaml: argument 1 is the template."""
import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samtranslator.translator.managed_policy_translator import ManagedPolicyLoader  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


class NoManagedPolicies(ManagedPolicyLoader):
    """The template names none, so IAM needn't be asked for their ARNs."""

    def __init__(self):
        super().__init__(None)

    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file)

# As `sam package` does once the code is uploaded.
template["Globals"]["Function"]["CodeUri"] = {"Bucket": "artifacts", "Key": "bootstrap.zip"}
json.dump(transform(template, {}, NoManagedPolicies()), sys.stdout, indent=1)
