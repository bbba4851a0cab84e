using System.Text.Json.Nodes;
using PushPruner.Testing.Programs;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>What CloudFormation is given in the end, item by item: whatever SAM adds, or a change brings, is seen here.</summary>
public sealed class WhatSamMakesOfItTests
{
    const string RuleOfStepFunctions =
        "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";

    [Fact]
    public async Task These_are_all_the_resources()
    {
        var translated = await SamTranslator.TranslateAsync();

        translated["Resources"]!.AsObject().Select(r => $"{r.Key}: {r.Value!["Type"]}").ShouldBe(
            [
                "OnImagePushed: AWS::Lambda::Function",
                "OnImagePushedRole: AWS::IAM::Role",
                "OnImagePushedLog: AWS::Logs::LogGroup",
                "ListRepositories: AWS::Lambda::Function",
                "ListRepositoriesRole: AWS::IAM::Role",
                "ListRepositoriesLog: AWS::Logs::LogGroup",
                "ReconcileRepository: AWS::Lambda::Function",
                "ReconcileRepositoryRole: AWS::IAM::Role",
                "ReconcileRepositoryLog: AWS::Logs::LogGroup",
                "Reconcile: AWS::StepFunctions::StateMachine",
                "ReconcileRole: AWS::IAM::Role",
                "ReconcilePage: AWS::StepFunctions::StateMachine",
                "ReconcilePageRole: AWS::IAM::Role",
                "WeeklyReconcile: AWS::Scheduler::Schedule",
                "WeeklyReconcileRole: AWS::IAM::Role",
                "WhereDidItGo: AWS::Logs::QueryDefinition",
                "WhatWouldGo: AWS::Logs::QueryDefinition",
                "WhatWasDeleted: AWS::Logs::QueryDefinition",
                "WhatWasHalted: AWS::Logs::QueryDefinition",
                "WhatIsInDoubt: AWS::Logs::QueryDefinition",
                "WhatFailed: AWS::Logs::QueryDefinition",
                "SlowestPushes: AWS::Logs::QueryDefinition",
                "IndexTable: AWS::DynamoDB::Table",
                "FailedEvents: AWS::SQS::Queue",
                "FailedEventsPolicy: AWS::SQS::QueuePolicy",
                "FailedPushes: AWS::CloudWatch::Alarm",
                "FailedReconciles: AWS::CloudWatch::Alarm",
                "DeadLetters: AWS::CloudWatch::Alarm",
                "HaltedRuns: AWS::CloudWatch::Alarm",
                "ManyContradictions: AWS::CloudWatch::Alarm",
                "MuchDrift: AWS::CloudWatch::Alarm",
                "NoEvents: AWS::CloudWatch::Alarm",
                "NearQuota: AWS::CloudWatch::Alarm",
                "BlockedDeletes: AWS::CloudWatch::Alarm",
                "MalformedOverrides: AWS::CloudWatch::Alarm",
                "LongDeferred: AWS::CloudWatch::Alarm",
                "LastingDoubt: AWS::CloudWatch::Alarm",
                "UnfinishedReconciles: AWS::CloudWatch::Alarm",
                "ReconcileFailed: AWS::CloudWatch::Alarm",
                "ReconcileTimedOut: AWS::CloudWatch::Alarm",
                "ReconcileAborted: AWS::CloudWatch::Alarm",
                "ReconcilePageFailed: AWS::CloudWatch::Alarm",
                "ReconcileNotRun: AWS::CloudWatch::Alarm",
                "ThrottledPushes: AWS::CloudWatch::Alarm",
                "ThrottledReconciles: AWS::CloudWatch::Alarm",
                "Dashboard: AWS::CloudWatch::Dashboard",

                // SAM's, of the function's properties.
                "OnImagePushedEventInvokeConfig: AWS::Lambda::EventInvokeConfig",
                "OnImagePushedPush: AWS::Events::Rule",
                "OnImagePushedPushPermission: AWS::Lambda::Permission",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task These_are_all_the_permissions()
    {
        var translated = await SamTranslator.TranslateAsync();

        Grants(translated["Resources"]!.AsObject())
            .ShouldBe(
                [
                    "lambda.amazonaws.com may sts:AssumeRole as OnImagePushedRole",
                    "OnImagePushedRole may ecr:BatchGetImage on arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "OnImagePushedRole may ecr:DescribeImages on arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "OnImagePushedRole may ecr:DescribeRepositories on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "OnImagePushedRole may ecr:ListTagsForResource on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "if Deletes, OnImagePushedRole may ecr:BatchDeleteImage on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/* given "
                        + Permission.UnlessSwitchedOff,
                    "OnImagePushedRole may dynamodb:BatchGetItem on IndexTable.Arn",
                    "OnImagePushedRole may dynamodb:DeleteItem on IndexTable.Arn",
                    "OnImagePushedRole may dynamodb:GetItem on IndexTable.Arn",
                    "OnImagePushedRole may dynamodb:PutItem on IndexTable.Arn",
                    "OnImagePushedRole may dynamodb:Query on IndexTable.Arn",
                    "OnImagePushedRole may dynamodb:UpdateItem on IndexTable.Arn",
                    "OnImagePushedRole may dynamodb:Query on ${IndexTable.Arn}/index/*",
                    "if HasKey, OnImagePushedRole may kms:Decrypt on KmsKeyArn",
                    "OnImagePushedRole may sqs:SendMessage on FailedEvents.Arn",
                    "if HasKey, OnImagePushedRole may kms:GenerateDataKey on KmsKeyArn",
                    "OnImagePushedRole may logs:CreateLogStream on OnImagePushedLog.Arn",
                    "OnImagePushedRole may logs:PutLogEvents on OnImagePushedLog.Arn",
                    "lambda.amazonaws.com may sts:AssumeRole as ListRepositoriesRole",
                    "ListRepositoriesRole may ecr:DescribeRepositories on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "ListRepositoriesRole may dynamodb:Query on IndexTable.Arn",
                    "if HasKey, ListRepositoriesRole may kms:Decrypt on KmsKeyArn",
                    "ListRepositoriesRole may logs:CreateLogStream on ListRepositoriesLog.Arn",
                    "ListRepositoriesRole may logs:PutLogEvents on ListRepositoriesLog.Arn",
                    "lambda.amazonaws.com may sts:AssumeRole as ReconcileRepositoryRole",
                    "ReconcileRepositoryRole may ecr:BatchGetImage on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "ReconcileRepositoryRole may ecr:DescribeImages on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "ReconcileRepositoryRole may ecr:DescribeRepositories on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "ReconcileRepositoryRole may ecr:ListTagsForResource on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*",
                    "if Deletes, ReconcileRepositoryRole may ecr:BatchDeleteImage on "
                        + "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/* given "
                        + Permission.UnlessSwitchedOff,
                    "ReconcileRepositoryRole may dynamodb:BatchGetItem on IndexTable.Arn",
                    "ReconcileRepositoryRole may dynamodb:DeleteItem on IndexTable.Arn",
                    "ReconcileRepositoryRole may dynamodb:GetItem on IndexTable.Arn",
                    "ReconcileRepositoryRole may dynamodb:PutItem on IndexTable.Arn",
                    "ReconcileRepositoryRole may dynamodb:Query on IndexTable.Arn",
                    "ReconcileRepositoryRole may dynamodb:UpdateItem on IndexTable.Arn",
                    "ReconcileRepositoryRole may dynamodb:Query on ${IndexTable.Arn}/index/*",
                    "if HasKey, ReconcileRepositoryRole may kms:Decrypt on KmsKeyArn",
                    "ReconcileRepositoryRole may logs:CreateLogStream on ReconcileRepositoryLog.Arn",
                    "ReconcileRepositoryRole may logs:PutLogEvents on ReconcileRepositoryLog.Arn",
                    "states.amazonaws.com may sts:AssumeRole as ReconcileRole, for AWS::AccountId",
                    "ReconcileRole may lambda:InvokeFunction on ListRepositories.Arn",
                    "ReconcileRole may states:StartExecution on ReconcilePage",
                    "ReconcileRole may states:DescribeExecution on "
                        + "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${ReconcilePage.Name}:*",
                    "ReconcileRole may states:StopExecution on "
                        + "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:${ReconcilePage.Name}:*",
                    "ReconcileRole may events:DescribeRule on " + RuleOfStepFunctions,
                    "ReconcileRole may events:PutRule on " + RuleOfStepFunctions,
                    "ReconcileRole may events:PutTargets on " + RuleOfStepFunctions,
                    "states.amazonaws.com may sts:AssumeRole as ReconcilePageRole, for AWS::AccountId",
                    "ReconcilePageRole may lambda:InvokeFunction on ReconcileRepository.Arn",
                    "scheduler.amazonaws.com may sts:AssumeRole as WeeklyReconcileRole, for AWS::AccountId",
                    "WeeklyReconcileRole may states:StartExecution on Reconcile",
                    "WeeklyReconcileRole may sqs:SendMessage on FailedEvents.Arn",
                    "if HasKey, WeeklyReconcileRole may kms:Decrypt on KmsKeyArn",
                    "if HasKey, WeeklyReconcileRole may kms:GenerateDataKey on KmsKeyArn",
                    "events.amazonaws.com may lambda:InvokeFunction on OnImagePushed, from OnImagePushedPush.Arn",
                    "events.amazonaws.com may sqs:SendMessage on FailedEvents.Arn, from OnImagePushedPush.Arn",
                ],
                ignoreOrder: true);
    }

    [Fact]
    public async Task No_action_is_a_wildcard_and_no_resource_is_everything()
    {
        var translated = await SamTranslator.TranslateAsync();
        var roles = translated["Resources"]!
            .AsObject()
            .Where(r => r.Value!["Type"]!.GetValue<string>() == "AWS::IAM::Role")
            .Select(r => r.Value!);

        foreach (var permission in roles.SelectMany(role => Permission.OfRole(Unconditional(role))))
        {
            permission.Action.ShouldNotContain('*');
            permission.Resource.ShouldNotBe("*");
        }
    }

    [Fact]
    public async Task Cfn_lint_has_nothing_to_say()
    {
        var result = await Command.RunAsync("cfn-lint", ["--region", "us-east-1", "--template", SamTemplate.Path]);
        Assert.SkipWhen(result is null, "cfn-lint is not on the PATH: pip install cfn-lint");

        (result.Output + result.Error).Trim().ShouldBeEmpty();
        result.ExitCode.ShouldBe(0);
    }

    static IEnumerable<string> Grants(JsonObject resources) => resources.SelectMany(r => r.Value!["Type"]!.GetValue<string>() switch
    {
        "AWS::IAM::Role" => OfRole(r.Key, r.Value),
        "AWS::SQS::QueuePolicy" => OfQueue(r.Value["Properties"]!["PolicyDocument"]!),
        "AWS::Lambda::Permission" => [OfFunction(r.Value["Properties"]!)],
        _ => [],
    });

    static IEnumerable<string> OfRole(string id, JsonNode role)
    {
        role["Properties"]!
            .AsObject()
            .Select(p => p.Key)
            .ShouldBe(["Description", "PermissionsBoundary", "AssumeRolePolicyDocument", "Policies"]);
        foreach (var trust in role["Properties"]!["AssumeRolePolicyDocument"]!["Statement"]!.AsArray())
        {
            var account = trust!["Condition"]?["StringEquals"]!["aws:SourceAccount"]!["Ref"];
            yield return $"{trust["Principal"]!["Service"]} may {trust["Action"]} as {id}{(account is null ? "" : $", for {account}")}";
        }

        var always = Permission.OfRole(Decided(role, 2)).ToHashSet();
        foreach (var permission in always)
            yield return $"{id} may {permission}";
        foreach (var condition in (string[])["Deletes", "HasKey"])
        {
            foreach (var permission in Permission.OfRole(Decided(role, 1, condition)).Except(always))
                yield return $"if {condition}, {id} may {permission}";
        }
    }

    static IEnumerable<string> OfQueue(JsonNode document) =>
        from statement in document["Statement"]!.AsArray()
        let source = statement["Condition"]!["ArnEquals"]!["aws:SourceArn"]!["Fn::GetAtt"]!
        from permission in Permission.Of(new JsonObject { ["Statement"] = new JsonArray(statement.DeepClone()) })
        select $"{statement["Principal"]!["Service"]} may {permission}, from {source[0]}.{source[1]}";

    static string OfFunction(JsonNode properties)
    {
        var source = properties["SourceArn"]!["Fn::GetAtt"]!;
        return $"{properties["Principal"]} may {properties["Action"]} on {properties["FunctionName"]!["Ref"]}, "
            + $"from {source[0]}.{source[1]}";
    }

    // Every statement that any condition brings.
    static JsonNode Unconditional(JsonNode role) => Decided(role, 1);

    static JsonNode Decided(JsonNode role, int branch, string? condition = null)
    {
        var decided = role.DeepClone();
        foreach (var policy in decided["Properties"]!["Policies"]!.AsArray())
        {
            var document = policy!["PolicyDocument"]!;
            document["Statement"] = new JsonArray([
                .. document["Statement"]!
                    .AsArray()
                    .Select(s =>
                        (
                            s!["Fn::If"] is { } choice
                                ? choice[condition is null || choice[0]!.GetValue<string>() == condition ? branch : 2]!
                                : s).DeepClone())
                    .Where(s => s["Ref"] is null),
            ]);
        }

        return decided;
    }
}
