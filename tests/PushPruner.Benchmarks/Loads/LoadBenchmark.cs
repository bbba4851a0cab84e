using System.Collections.Concurrent;
using PushPruner.Aws.Dynamo;
using PushPruner.Benchmarks.Systems;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

namespace PushPruner.Benchmarks.Loads;

/// <summary>Pushes that come as they come, each of which makes an image expire, on a registry that throttles.</summary>
sealed class LoadBenchmark(DynamoDbServer dynamo, TextWriter progress)
{
    const int AtOnce = 8;

    // The second is more than ECR bears, for pushes into one repository at once see the same images expire, and so ask more of it.
    static readonly LoadPlan[] Plans =
    [
        new(PushesASecond: 10, Repositories: 1, Margin: 2, Seed: 1),
        new(PushesASecond: 10, Repositories: 1, Margin: 1.1, Seed: 2),
        new(PushesASecond: 100, Repositories: 1_000, Margin: 1.1, Seed: 3),
    ];

    static readonly Settings Settings = new() { Policy = new RetentionPolicy { KeepNewest = LoadPlan.KeepNewest, KeepFor = TimeSpan.Zero } };

    public async Task<IReadOnlyList<LoadResult>> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        var results = new List<LoadResult>();
        foreach (var plan in Plans)
            results.Add(await RunAsync(plan, $"load-{plan.Seed}", seconds, cancellationToken));
        return results;
    }

    async Task<LoadResult> RunAsync(LoadPlan plan, string table, int seconds, CancellationToken cancellationToken)
    {
        await dynamo.CreateTableAsync(IndexTable.Definition(table), cancellationToken);
        var registry = new LocalRegistry(new LocalRegistryOptions(), TimeProvider.System);
        await using var server = await LocalAwsServer.StartAsync(registry, cancellationToken: cancellationToken);
        var (toEcr, toTable) = (new MeteredWire(), new MeteredWire());
        using var environments = new ExecutionEnvironments(number => new ExecutionEnvironment(number, registry, server.Url, dynamo, table, Settings, toEcr, toTable));
        var ci = new Pushed(registry, plan.Repositories);
        await progress.WriteLineAsync($"{plan.Repositories} repositories are filled");
        await FillAsync(ci, registry, new ExecutionEnvironment(0, registry, server.Url, dynamo, table, Settings, toEcr, toTable), cancellationToken);

        await progress.WriteLineAsync($"{plan.PushesASecond} pushes a second for {seconds} s");
        toEcr.Clear();
        toTable.Clear();
        toEcr.Latency = toTable.Latency = SystemBenchmark.Latency;
        var limits = plan.Limits();
        registry.Faults.OnCall(limits.Decide);
        var times = await PushAsync(plan, ci, environments, TimeSpan.FromSeconds(seconds), cancellationToken);
        var (ecrCalls, tableCalls, throttled, atOnce) = (toEcr.Traffic.Count, toTable.Traffic.Count, limits.Throttled, environments.Started);
        var (leftAtOnce, _) = ci.Compare(LoadPlan.KeepNewest);

        registry.Faults.Clear();
        toEcr.Latency = toTable.Latency = TimeSpan.Zero;
        await Parallel.ForEachAsync(
            ci.Repositories,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (repository, token) => await environments.HandleAsync(ci.Push(repository), token));
        var (left, lost) = ci.Compare(LoadPlan.KeepNewest);
        return new LoadResult(
            plan, times.Count, ecrCalls, throttled, tableCalls, environments.Retried, environments.Failed, atOnce, times, leftAtOnce, left, lost);
    }

    // As many images as are kept, and an index that knows them.
    static async Task FillAsync(Pushed ci, LocalRegistry registry, ExecutionEnvironment first, CancellationToken cancellationToken)
    {
        using (first)
        {
            foreach (var repository in ci.Repositories)
            {
                registry.CreateRepository(repository);
                for (var n = 0; n < LoadPlan.KeepNewest; n++)
                    ci.Push(repository);
            }

            await Parallel.ForEachAsync(
                ci.Repositories,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (repository, token) => await first.ReconcileAsync(repository, token));
        }
    }

    // An open loop: what is slow doesn't slow down what comes next.
    static async Task<IReadOnlyList<TimeSpan>> PushAsync(LoadPlan plan, Pushed ci, ExecutionEnvironments environments, TimeSpan duration, CancellationToken cancellationToken)
    {
        var random = new Random(plan.Seed);
        var handled = new List<Task>();
        var times = new ConcurrentBag<TimeSpan>();
        var begun = TimeProvider.System.GetTimestamp();
        for (var due = Gap(); due < duration; due += Gap())
        {
            var early = due - TimeProvider.System.GetElapsedTime(begun);
            if (early > TimeSpan.Zero)
                await Task.Delay(early, cancellationToken);
            handled.Add(HandleAsync(ci.Repositories[random.Next(ci.Repositories.Count)]));
        }

        await Task.WhenAll(handled);
        return [.. times.Order()];

        TimeSpan Gap() => TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / plan.PushesASecond);

        async Task HandleAsync(string repository)
        {
            var evt = ci.Push(repository);
            var pushed = TimeProvider.System.GetTimestamp();
            await Task.Run(() => environments.HandleAsync(evt, cancellationToken), cancellationToken);
            times.Add(TimeProvider.System.GetElapsedTime(pushed));
        }
    }
}
