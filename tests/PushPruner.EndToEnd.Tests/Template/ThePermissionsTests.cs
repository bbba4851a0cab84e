using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.Given;
using PushPruner.EndToEnd.Tests.Layers;

namespace PushPruner.EndToEnd.Tests.Template;

/// <summary>What the function's role allows, and what the function does.</summary>
public sealed class ThePermissionsTests(Servers servers) : IClassFixture<Servers>
{
    const string Repositories = "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*";
    const string Table = "IndexTable.Arn";
    const string Indexes = "${IndexTable.Arn}/index/*";

    // What no call of the code's shows: Lambda makes these, in the function's name.
    static readonly Permission[] ByLambda =
    [
        new("logs:CreateLogStream", "OnImagePushedLog.Arn"),
        new("logs:PutLogEvents", "OnImagePushedLog.Arn"),
        new("sqs:SendMessage", "FailedEvents.Arn"),
    ];

    // Asked only when a refused write doesn't say what stood in its way: dynalite never does, so the run below asks; DynamoDB should, but isn't trusted to.
    static readonly Permission[] ByServer = [new("dynamodb:GetItem", Table)];

    [Fact]
    public async Task Its_role_allows_what_it_does_and_nothing_else()
    {
        await using var live = await RecordedRun.StartAsync(servers.Dynamo, "recorded");
        await live.DoEverythingAsync();

        var done = live.EcrOperations.Select(operation => new Permission($"ecr:{operation}", Repositories))
            .Concat(live.DynamoCalls.Select(call => new Permission($"dynamodb:{call.Operation}", OfIndex(call) ? Indexes : Table)))
            .Concat([.. ByLambda, .. ByServer])
            .ToHashSet();

        Allowed(("DryRun", "false")).ShouldBe(done, ignoreOrder: true);
    }

    [Fact]
    public async Task In_a_dry_run_it_does_and_may_do_all_but_the_deletes()
    {
        await using var live = await RecordedRun.StartAsync(servers.Dynamo, "recorded-dry", ("DRY_RUN", "true"));
        await live.DoEverythingAsync();

        live.EcrOperations.ShouldNotContain("BatchDeleteImage");
        Allowed(("DryRun", "true")).ShouldBe(Allowed(("DryRun", "false")).Where(p => p.Action != "ecr:BatchDeleteImage"), ignoreOrder: true);
    }

    [Fact]
    public void No_role_may_delete_unless_it_is_said_that_this_is_no_dry_run()
    {
        foreach (var role in new SamTemplate().Resources("AWS::IAM::Role").Values)
            Permission.OfRole(role).ShouldNotContain(p => p.Action == "ecr:BatchDeleteImage");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public void A_reconcile_may_do_to_the_registry_and_the_table_what_a_push_may_and_nothing_else(string dryRun)
    {
        var push = Allowed(("DryRun", dryRun)).Where(p => p.Action.StartsWith("ecr:", StringComparison.Ordinal) || p.Action.StartsWith("dynamodb:", StringComparison.Ordinal));

        AllowedTo("ReconcileRepositoryRole", ("DryRun", dryRun)).ShouldBe(
            [.. push, new("logs:CreateLogStream", "ReconcileRepositoryLog.Arn"), new("logs:PutLogEvents", "ReconcileRepositoryLog.Arn")], ignoreOrder: true);
    }

    [Fact]
    public void Each_function_and_state_machine_has_a_role_of_its_own_without_managed_policies()
    {
        var template = new SamTemplate();
        var roles = template.Functions.Values.Concat(template.Resources("AWS::Serverless::StateMachine").Values.Select(m => m["Properties"]!))
            .Select(f => f["Role"]!["Fn::GetAtt"]![0]!.GetValue<string>()).ToList();

        roles.ShouldBeUnique();
        template.Resources("AWS::IAM::Role").Keys.ShouldBe([.. roles, "WeeklyReconcileRole"], ignoreOrder: true);
        template.Functions.Values.ShouldAllBe(f => f["Policies"] == null);
        template.Resources("AWS::IAM::Role").Values.ShouldAllBe(r => r["Properties"]!["ManagedPolicyArns"] == null);
    }

    static bool OfIndex(RecordedCall call) => JsonNode.Parse(call.Body)!["IndexName"] is not null;

    static List<Permission> Allowed(params (string, string)[] parameters) => AllowedTo("OnImagePushedRole", parameters);

    static List<Permission> AllowedTo(string role, params (string, string)[] parameters) => [.. Permission.OfRole(new SamTemplate(parameters).Resource(role))];
}
