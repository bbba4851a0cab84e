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

    static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    // The fifth is nothing that anybody should set: an image lives for a third of a second, so runs find each other's newest gone.
    static readonly LoadPlan[] Plans =
    [
        new(PushesASecond: 10, Repositories: 1, KeepNewest: 10, AnHour, Events: 1, Margin: 1.5, Seed: 1),
        new(PushesASecond: 10, Repositories: 1, KeepNewest: 10, AnHour, Events: 1, Margin: 0.7, Seed: 2),
        new(PushesASecond: 10, Repositories: 1, KeepNewest: 10, AnHour, Events: 1, Margin: 0.5, Seed: 3),
        new(PushesASecond: 2, Repositories: 1, KeepNewest: 10, AnHour, Events: 5, Margin: 1.5, Seed: 4),
        new(PushesASecond: 10, Repositories: 1, KeepNewest: 3, TimeSpan.Zero, Events: 1, Margin: 1.5, Seed: 5),
        new(PushesASecond: 100, Repositories: 1_000, KeepNewest: 3, TimeSpan.Zero, Events: 1, Margin: 1.1, Seed: 6),
    ];

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
        var clock = new AdjustableClock();
        var registry = new LocalRegistry(new LocalRegistryOptions(), clock);
        await using var server = await LocalAwsServer.StartAsync(registry, cancellationToken: cancellationToken);
        var (toEcr, toTable) = (new MeteredWire(), new MeteredWire());
        var settings = new Settings { Policy = plan.Policy };
        ExecutionEnvironment Start(int number) => new(number, registry, server.Url, dynamo, table, settings, toEcr, toTable);
        using var environments = new ExecutionEnvironments(Start);
        var ci = new Pushed(registry, plan.Repositories, plan.Events > 1);
        await progress.WriteLineAsync($"{plan.Repositories} repositories are filled");
        FillUp(plan, ci, registry, clock, TimeSpan.FromSeconds(seconds));
        await LearnAsync(ci, Start(0), cancellationToken);

        await progress.WriteLineAsync($"{plan.PushesASecond} pushes a second for {seconds} s");
        toEcr.Clear();
        toTable.Clear();
        toEcr.Latency = toTable.Latency = SystemBenchmark.Latency;
        var limits = plan.Limits();
        registry.Faults.OnCall(limits.Decide);
        var (times, last) = await PushAsync(plan, ci, environments, clock, TimeSpan.FromSeconds(seconds), cancellationToken);
        var (ecrCalls, tableCalls, throttled, atOnce) = (
            toEcr.Traffic.Count, toTable.Traffic.Count, limits.Throttled, environments.Started);
        var halted = environments.Halted;
        var (leftAtOnce, _) = ci.Compare(plan.Policy, last, clock.GetUtcNow());

        registry.Faults.Clear();
        toEcr.Latency = toTable.Latency = TimeSpan.Zero;
        var oneMore = clock.GetUtcNow();
        await Parallel.ForEachAsync(
            ci.Repositories,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            (repository, token) => new ValueTask(Task.WhenAll(ci.Push(repository).Select(evt => environments.HandleAsync(evt, token)))));
        var (left, lost) = ci.Compare(plan.Policy, oneMore, clock.GetUtcNow());
        return new LoadResult(
            plan,
            times.Count,
            ecrCalls,
            throttled,
            tableCalls,
            environments.Retried,
            environments.Failed,
            halted,
            atOnce,
            times,
            leftAtOnce,
            left,
            lost);
    }

    // As many images as are kept; with an X, the pushes of X, which come of age one by one while others come.
    static void FillUp(LoadPlan plan, Pushed ci, LocalRegistry registry, AdjustableClock clock, TimeSpan duration)
    {
        var comeOfAge = plan.KeepFor == TimeSpan.Zero ? 0 : (int)Math.Ceiling(duration.TotalSeconds * plan.PushesASecond);
        foreach (var repository in ci.Repositories)
        {
            registry.CreateRepository(repository);
            for (var n = 0; n < comeOfAge + plan.KeepNewest; n++)
            {
                clock.Back = plan.KeepFor - TimeSpan.FromSeconds((double)n / plan.PushesASecond);
                ci.Push(repository);
            }
        }

        clock.Back = TimeSpan.Zero;
    }

    static async Task LearnAsync(Pushed ci, ExecutionEnvironment first, CancellationToken cancellationToken)
    {
        using (first)
        {
            await Parallel.ForEachAsync(
                ci.Repositories,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (repository, token) => await first.ReconcileAsync(repository, token));
        }
    }

    // An open loop: what is slow doesn't slow down what comes next.
    static async Task<(IReadOnlyList<TimeSpan> Times, DateTimeOffset LastPush)> PushAsync(
        LoadPlan plan,
        Pushed ci,
        ExecutionEnvironments environments,
        TimeProvider clock,
        TimeSpan duration,
        CancellationToken cancellationToken)
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

        var last = clock.GetUtcNow();
        await Task.WhenAll(handled);
        return ([.. times.Order()], last);

        TimeSpan Gap() => TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / plan.PushesASecond);

        async Task HandleAsync(string repository)
        {
            var events = ci.Push(repository);
            var pushed = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(events.Select(evt => Task.Run(() => environments.HandleAsync(evt, cancellationToken), cancellationToken)));
            times.Add(TimeProvider.System.GetElapsedTime(pushed));
        }
    }
}
