namespace PushPruner.Cli.Tests.Reconcile;

[Collection(OneRepository.Name)]
public sealed class MemoryTests : IAsyncLifetime
{
    const int Images = 20_000;

    readonly CliScenario cli = new();

    public async ValueTask InitializeAsync()
    {
        await cli.InitializeAsync();
        cli.Has("first", Images, days: 3_000);
        cli.Has("second", 11);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task A_dry_run_keeps_no_index_of_a_repository_that_is_planned()
    {
        long before = 0, after = 0;
        cli.Ecr.Faults.OnCall(call =>
        {
            if (before == 0)
                before = GC.GetTotalMemory(forceFullCollection: true);
            if (call is { Operation: "ListTagsForResource", Repository: "second" } && after == 0)
                after = GC.GetTotalMemory(forceFullCollection: true);
            return null;
        });

        var result = await cli.ReconcileAsync("first", "second", "--dry-run", "--max-deletes", "100000");

        result.ExitCode.ShouldBe(0);
        after.ShouldBeGreaterThan(0);
        (after - before).ShouldBeLessThan(Images * 350, "the index of one image takes 1.4 KB");
    }
}
