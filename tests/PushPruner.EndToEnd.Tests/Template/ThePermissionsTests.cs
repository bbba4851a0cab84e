using System.Text.Json.Nodes;
using PushPruner.EndToEnd.Tests.StateMachines;
using PushPruner.LocalAws;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

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

    // Asked only when a refused write doesn't say what stood in its way: dynalite never does, so the run below asks; DynamoDB should, but
    // isn't trusted to.
    static readonly Permission[] ByServer = [new("dynamodb:GetItem", Table)];

    // Where a manifest turns out to belong to another between a reconcile's listing and its delete, it is filed as that.
    static readonly Permission[] ByHaste = [new("dynamodb:UpdateItem", Table)];

    [Fact]
    public async Task Its_role_allows_what_it_does_and_nothing_else()
    {
        await using var live = await RecordedRun.StartAsync(servers.Dynamo, "recorded");
        await live.DoEverythingAsync();

        var done = live.EcrOperations.Select(OnRepositories)
            .Concat(DynamoOf(live.DynamoCalls))
            .Concat([.. ByLambda, .. ByServer])
            .ToHashSet();

        live.DynamoCalls.ShouldContain(
            call => call.Operation == "PutItem" && call.Body.Contains("team/app#deleted", StringComparison.Ordinal),
            "or tombstones are written by nobody");
        Allowed(("DryRun", "false")).ShouldBe(done, ignoreOrder: true);
    }

    [Fact]
    public async Task In_a_dry_run_it_does_and_may_do_all_but_the_deletes()
    {
        await using var live = await RecordedRun.StartAsync(servers.Dynamo, "recorded-dry", ("DRY_RUN", "true"));
        await live.DoEverythingAsync();

        live.EcrOperations.ShouldNotContain("BatchDeleteImage");
        Allowed(("DryRun", "true"))
            .ShouldBe(Allowed(("DryRun", "false")).Where(p => p.Action != "ecr:BatchDeleteImage"), ignoreOrder: true);
    }

    [Fact]
    public void No_role_may_delete_unless_it_is_said_that_this_is_no_dry_run()
    {
        foreach (var role in new SamTemplate().Resources("AWS::IAM::Role").Values)
            Permission.OfRole(role).ShouldNotContain(p => p.Action == "ecr:BatchDeleteImage");
    }

    // The switch holds at once then, whatever a run has read before.
    [Fact]
    public void Each_role_that_may_delete_may_not_do_so_in_a_repository_that_is_switched_off()
    {
        var deletes = new SamTemplate(("DryRun", "false")).Resources("AWS::IAM::Role").Values
            .SelectMany(Permission.OfRole)
            .Where(p => p.Action is "ecr:BatchDeleteImage" or "ecr:*" or "*")
            .ToList();

        deletes.Count.ShouldBe(2);
        deletes.ShouldAllBe(p => p.Action == "ecr:BatchDeleteImage" && p.Condition == Permission.UnlessSwitchedOff);
    }

    [Fact]
    public async Task Those_of_the_reconcile_allow_what_it_does_and_nothing_else()
    {
        await using var proxy = await RecordingProxy.StartAsync(servers.Dynamo.Url);
        await using var live = await LiveFunctions.StartAsync(servers.Dynamo, "recorded-reconcile", proxy.Url);
        live.HasRepository("team/app", images: 6);
        var multiArch = ManifestFactory.Image("member", 1_000);
        live.Ecr.Seed("team/app", multiArch.At(live.Now.AddDays(-60)));
        live.Ecr.Seed("team/app", ManifestFactory.ManifestList(multiArch).At(live.Now.AddDays(-60), "multi-arch"));
        live.Ecr.TagResource(
            new()
            {
                ResourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app",
                Tags = [new() { Key = "pushpruner:keep-days", Value = "20" }],
            });

        live.Ecr.Calls.Clear();
        await live.InvokeAsync("ReconcileRepository", new() { ["repository"] = "team/app" });
        var first = EcrOf(live);

        var before = proxy.Calls.Count;
        live.Ecr.Calls.Clear();
        await live.InvokeAsync("ListRepositories", []);
        var listed = EcrOf(live).Concat(DynamoOf(proxy.Calls.Skip(before))).ToList();

        live.Ecr.Calls.Clear();
        live.Ecr.Seed("team/app", ManifestFactory.Image("older", 1_000).At(live.Now.AddDays(-60), "older"));
        live.Ecr.Faults.MissRepositoryOfNext("DescribeImages");
        await Should.ThrowAsync<StateError>(() => live.InvokeAsync("ReconcileRepository", new() { ["repository"] = "team/app" }));
        await live.InvokeAsync("ReconcileRepository", new() { ["repository"] = "team/app" });
        live.Ecr.BatchDeleteImage(new() { RepositoryName = "team/app", ImageIds = [new() { ImageTag = "old-6" }] });
        await live.InvokeAsync("ReconcileRepository", new() { ["repository"] = "team/app" });
        var reconciled = first.Concat(EcrOf(live)).Concat(DynamoOf(proxy.Calls));

        AllowedTo("ListRepositoriesRole", ("DryRun", "false"))
            .ShouldBe([.. listed, .. LogsTo("ListRepositoriesLog.Arn")], ignoreOrder: true);
        AllowedTo("ReconcileRepositoryRole", ("DryRun", "false"))
            .ShouldBe(
                [.. reconciled.Concat([.. ByServer, .. ByHaste]).Distinct(), .. LogsTo("ReconcileRepositoryLog.Arn")], ignoreOrder: true);
    }

    [Fact]
    public void Each_function_and_state_machine_has_a_role_of_its_own_without_managed_policies()
    {
        var template = new SamTemplate();
        var roles = template.Functions.Values
            .Concat(template.Resources("AWS::Serverless::StateMachine").Values.Select(m => m["Properties"]!))
            .Select(f => f["Role"]!["Fn::GetAtt"]![0]!.GetValue<string>())
            .ToList();

        roles.ShouldBeUnique();
        template.Resources("AWS::IAM::Role").Keys.ShouldBe([.. roles, "WeeklyReconcileRole"], ignoreOrder: true);
        template.Functions.Values.ShouldAllBe(f => f["Policies"] == null);
        template.Resources("AWS::IAM::Role").Values.ShouldAllBe(r => r["Properties"]!["ManagedPolicyArns"] == null);
    }

    static Permission OnRepositories(string operation) =>
        new($"ecr:{operation}", Repositories, operation == "BatchDeleteImage" ? Permission.UnlessSwitchedOff : null);

    static List<Permission> EcrOf(LiveFunctions live) =>
        live.Ecr.Calls.All.Select(call => OnRepositories(call.Operation)).Distinct().ToList();

    static IEnumerable<Permission> DynamoOf(IEnumerable<RecordedCall> calls) =>
        calls.Select(call => new Permission($"dynamodb:{call.Operation}", OfIndex(call) ? Indexes : Table)).Distinct();

    static Permission[] LogsTo(string group) => [new("logs:CreateLogStream", group), new("logs:PutLogEvents", group)];

    static bool OfIndex(RecordedCall call) => JsonNode.Parse(call.Body)!["IndexName"] is not null;

    static List<Permission> Allowed(params (string, string)[] parameters) => AllowedTo("OnImagePushedRole", parameters);

    static List<Permission> AllowedTo(string role, params (string, string)[] parameters) =>
        [.. Permission.OfRole(new SamTemplate(parameters).Resource(role))];
}
