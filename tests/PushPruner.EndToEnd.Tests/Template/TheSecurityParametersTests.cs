using System.Text.Json.Nodes;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>The permissions boundary and the key of one's own: nothing without them, everything with them.</summary>
public sealed class TheSecurityParametersTests
{
    const string Boundary = "arn:aws:iam::123456789012:policy/boundary";
    const string Key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    static readonly SamTemplate Without = new();
    static readonly SamTemplate WithKey = new(("KmsKeyArn", Key));

    [Fact]
    public void Every_role_has_the_boundary_where_one_is_given()
    {
        new SamTemplate(("PermissionsBoundaryArn", Boundary))
            .Resources("AWS::IAM::Role")
            .Values.ShouldAllBe(role => role["Properties"]!["PermissionsBoundary"]!.GetValue<string>() == Boundary);
        Without.Resources("AWS::IAM::Role").Values.ShouldAllBe(role => role["Properties"]!["PermissionsBoundary"] == null);
    }

    [Fact]
    public void Without_a_key_AWS_s_own_keys_encrypt_and_no_role_may_use_any()
    {
        Without.Resource("IndexTable")["Properties"]!["SSESpecification"]!.ToJsonString().ShouldBe("""{"SSEEnabled":"true"}""");
        Without.Resources("AWS::Logs::LogGroup").Values.ShouldAllBe(group => group["Properties"]!["KmsKeyId"] == null);
        Without.Resource("FailedEvents")["Properties"]!["SqsManagedSseEnabled"]!.GetValue<string>().ShouldBe("true");
        Without.Resource("FailedEvents")["Properties"]!["KmsMasterKeyId"].ShouldBeNull();
        OfKeys(Without).ShouldBeEmpty();
    }

    [Fact]
    public void With_a_key_it_encrypts_all_that_is_kept()
    {
        foreach (var table in WithKey.Resources("AWS::DynamoDB::Table").Values)
        {
            table["Properties"]!["SSESpecification"]!
                .ToJsonString()
                .ShouldBe($$"""{"SSEEnabled":"true","SSEType":"KMS","KMSMasterKeyId":"{{Key}}"}""");
        }

        WithKey.Resources("AWS::Logs::LogGroup").Values.ShouldAllBe(group => group["Properties"]!["KmsKeyId"]!.GetValue<string>() == Key);
        WithKey.Resources("AWS::SQS::Queue").Values.ShouldAllBe(queue => queue["Properties"]!["KmsMasterKeyId"]!.GetValue<string>() == Key);
        WithKey.Resources("AWS::SQS::Queue").Values.ShouldAllBe(queue => queue["Properties"]!["SqsManagedSseEnabled"] == null);
    }

    [Fact]
    public void All_that_is_kept_is_one_table_one_queue_and_a_log_for_each_function()
    {
        string[] keepsNothing =
        [
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::IAM::Role",
            "AWS::Logs::QueryDefinition",
            "AWS::SQS::QueuePolicy",
            "AWS::Scheduler::Schedule",
            "AWS::Serverless::Function",
            // Its histories stay under AWS's keys, as SECURITY.md says.
            "AWS::Serverless::StateMachine",
        ];

        Without.Types.Except(keepsNothing).ShouldBe(["AWS::DynamoDB::Table", "AWS::Logs::LogGroup", "AWS::SQS::Queue"], ignoreOrder: true);
        (
            Without.Resources("AWS::DynamoDB::Table").Count,
            Without.Resources("AWS::SQS::Queue").Count,
            Without.Resources("AWS::Logs::LogGroup").Count).ShouldBe((1, 1, Without.Functions.Count));
    }

    [Fact]
    public void With_a_key_a_role_may_use_that_one_through_what_it_uses_and_no_more() => OfKeys(WithKey).ShouldBe(
        [
            $"OnImagePushedRole may kms:Decrypt on {Key} via dynamodb",
            $"ListRepositoriesRole may kms:Decrypt on {Key} via dynamodb",
            $"ReconcileRepositoryRole may kms:Decrypt on {Key} via dynamodb",
            $"OnImagePushedRole may kms:Decrypt on {Key} via sqs",
            $"OnImagePushedRole may kms:GenerateDataKey on {Key} via sqs",
            $"WeeklyReconcileRole may kms:Decrypt on {Key} via sqs",
            $"WeeklyReconcileRole may kms:GenerateDataKey on {Key} via sqs",
        ],
        ignoreOrder: true);

    // A role may use the key for what it reads or sends to: with what the template lets it do, not with what a list here says.
    [Fact]
    public void Whoever_may_use_the_table_or_the_queue_may_use_their_key()
    {
        foreach (var (id, role) in WithKey.Resources("AWS::IAM::Role"))
        {
            var allowed = Permission.OfRole(role).ToList();
            foreach (var service in (string[])["dynamodb", "sqs"])
            {
                var isUsed = allowed.Exists(p => p.Action.StartsWith($"{service}:", StringComparison.Ordinal));
                OfKeys(WithKey)
                    .Any(grant =>
                        grant.StartsWith($"{id} may kms:Decrypt", StringComparison.Ordinal)
                        && grant.EndsWith($"via {service}", StringComparison.Ordinal))
                    .ShouldBe(isUsed, $"{id}, {service}");
            }
        }
    }

    [Theory]
    [InlineData(
        "PermissionsBoundaryArn", "", Boundary, "arn:aws:iam::aws:policy/PowerUserAccess", "arn:aws-cn:iam::123456789012:policy/team/a.b")]
    [InlineData("KmsKeyArn", "", Key, "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab")]
    public void What_they_may_be_passes(string parameter, params string[] values) =>
        values.ShouldAllBe(value => TheParametersTests.Passes(parameter, value));

    [Theory]
    [InlineData("PermissionsBoundaryArn", "boundary", "arn:aws:iam::123456789012:role/boundary", " ", "*")]
    [InlineData("KmsKeyArn", "alias/key", "arn:aws:kms:eu-central-1:123456789012:alias/key", "1234abcd-12ab-34cd-56ef-1234567890ab", "*")]
    public void What_they_can_t_be_is_refused(string parameter, params string[] values) =>
        values.ShouldAllBe(value => !TheParametersTests.Passes(parameter, value));

    static List<string> OfKeys(SamTemplate template) =>
        [
            .. from role in template.Resources("AWS::IAM::Role")
            from policy in role.Value["Properties"]!["Policies"]!.AsArray()
            from statement in policy!["PolicyDocument"]!["Statement"]!.AsArray()
            from permission in Permission.Of(new JsonObject { ["Statement"] = new JsonArray(statement!.DeepClone()) })
            where permission.Action.StartsWith("kms:", StringComparison.Ordinal)
            let via = statement["Condition"]!["StringEquals"]!["kms:ViaService"]!["Fn::Sub"]!.GetValue<string>()
            select $"{role.Key} may {permission} via {via.Split('.')[0]}",
        ];
}
