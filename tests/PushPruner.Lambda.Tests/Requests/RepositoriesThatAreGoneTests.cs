using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Recording;

namespace PushPruner.Lambda.Tests.Requests;

/// <summary>Repositories that the index knows and that ECR no longer has, or seems not to have.</summary>
public sealed class RepositoriesThatAreGoneTests
{
    static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_after_those_that_ECR_has()
    {
        await using var deployment = await Deployment.StartAsync();
        await HasGoneAsync(deployment, "a/gone", "z/gone");
        deployment.Ecr.CreateRepository("m/there");

        (await deployment.ListRepositoriesAsync()).Repositories.ShouldBe(["m/there", "a/gone", "z/gone"]);
    }

    [Fact]
    public async Task Those_that_do_not_fit_are_in_the_next_answer()
    {
        await using var deployment = await Deployment.StartAsync();
        await HasGoneAsync(deployment, [.. Enumerable.Range(0, 3).Select(n => $"gone-{n}")]);
        foreach (var n in Enumerable.Range(0, 499))
            deployment.Ecr.CreateRepository($"there-{n:d3}");

        var first = await deployment.ListRepositoriesAsync();
        var second = await deployment.ListRepositoriesAsync($$"""{"nextToken":"{{first.NextToken}}"}""");

        (first.Repositories.Count, first.Repositories[^1]).ShouldBe((500, "gone-0"));
        (string.Join(',', second.Repositories), second.NextToken).ShouldBe(("gone-1,gone-2", null));
    }

    [Fact]
    public async Task More_than_an_answer_holds_are_each_listed_once()
    {
        await using var deployment = await Deployment.StartAsync();
        foreach (var n in Enumerable.Range(0, 501))
            await deployment.Index.AddRepositoryAsync($"gone-{n:d3}", Token);

        var first = await deployment.ListRepositoriesAsync();
        var second = await deployment.ListRepositoriesAsync($$"""{"nextToken":"{{first.NextToken}}"}""");

        first.Repositories.Concat(second.Repositories).ShouldBe(Enumerable.Range(0, 501).Select(n => $"gone-{n:d3}"));
        second.NextToken.ShouldBeNull();
    }

    [Fact]
    public async Task Those_that_are_not_served_are_left_out()
    {
        var settings = new Settings { Repositories = Setting.Repositories("REPOSITORIES", "*,!team-z/*") };
        await using var deployment = await Deployment.StartAsync(settings: settings);
        await deployment.Index.AddRepositoryAsync("team-a/gone", Token);
        await deployment.Index.AddRepositoryAsync("team-z/gone", Token);

        (await deployment.ListRepositoriesAsync()).Repositories.ShouldBe(["team-a/gone"]);
    }

    [Fact]
    public async Task A_reconcile_removes_the_rows_keeps_the_tombstones_and_the_name_is_not_listed_again()
    {
        await using var deployment = await Deployment.StartAsync();
        await HasGoneAsync(deployment, "app");
        var deleted = Digest.Parse($"sha256:{7:x64}");
        var tombstone = new Tombstone
        {
            Digest = deleted, DeletedAt = Deployment.Noon.AddDays(-1), Reason = "rank 12", RequestId = "request",
        };
        await deployment.Index.WriteTombstoneAsync("app", tombstone, Token);

        var answer = await deployment.ReconcileAsync("""{"repository":"app"}""");

        (answer.Outcome, answer.Done, answer.Drift.Phantom).ShouldBe((Outcome.Gone, true, 1));
        (await deployment.Index.ReadAllAsync("app", Token)).Rows.ShouldBeEmpty();
        (await deployment.Index.FindTombstoneAsync("app", deleted, Token)).ShouldBe(tombstone);
        (await deployment.ListRepositoriesAsync()).Repositories.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stray_answer_that_there_is_no_such_repository_fails_a_reconcile_and_forgets_nothing()
    {
        await using var deployment = await Deployment.StartAsync();
        await HasAsync(deployment, "app");
        var before = await deployment.Index.ReadAllAsync("app", Token);
        deployment.Ecr.Faults.MissRepositoryOfNext("DescribeImages");

        await Should.ThrowAsync<ContradictoryAnswerException>(() => deployment.ReconcileAsync("""{"repository":"app"}"""));

        (await deployment.Index.ReadAllAsync("app", Token)).Rows.ShouldBe(before.Rows, ignoreOrder: true);
        (await deployment.ReconcileAsync("""{"repository":"app"}""")).Outcome.ShouldBe(Outcome.NothingExpired);
    }

    [Fact]
    public async Task A_stray_answer_that_there_is_no_such_repository_fails_a_push_which_its_retry_records()
    {
        await using var deployment = await Deployment.StartAsync();
        await HasAsync(deployment, "app");
        var pushed = deployment.Ecr.PutImage(ManifestFactory.Image("new").Put("app", "new")).Event!;
        deployment.Ecr.Faults.MissRepositoryOfNext("DescribeImages");

        await Should.ThrowAsync<ContradictoryAnswerException>(() => deployment.InvokeAsync(pushed.Json));
        await deployment.InvokeAsync(pushed.Json);

        (await deployment.Index.ReadAllAsync("app", Token)).Rows.Keys.ShouldContain(Digest.Parse(pushed.Digest));
    }

    static async Task HasAsync(Deployment deployment, string repository)
    {
        deployment.Ecr.Seed(repository, ManifestFactory.Image(repository, 1_000).At(Deployment.Noon.AddDays(-40), "1.0"));
        await deployment.ReconcileAsync($$"""{"repository":"{{repository}}"}""");
    }

    static async Task HasGoneAsync(Deployment deployment, params IReadOnlyList<string> repositories)
    {
        foreach (var repository in repositories)
        {
            await HasAsync(deployment, repository);
            deployment.Ecr.DeleteRepository(new() { RepositoryName = repository, Force = true });
        }
    }
}
