using System.Globalization;
using PushPruner.Aws.Dynamo;
using PushPruner.Jobs;
using PushPruner.Listing;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Pushes;

namespace PushPruner.Benchmarks.Systems;

/// <summary>
/// Pushes, reconciles and, for comparison, full scans in repositories of several sizes, by the SDK's clients on servers of this machine.
/// </summary>
sealed class SystemBenchmark(DynamoDbServer dynamo, TextWriter progress)
{
    const string Table = "benchmark";
    const int PagesOfMost = 1_000;
    const int PagesOfDefault = 100;
    const int Long = 10_000;

    /// <summary>What every call waits where a network is played: about a call from a Lambda to ECR.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    static readonly int[] KeepNewest = [10, 100];
    static readonly TimeSpan PastX = TimeSpan.FromDays(31);

    readonly List<SystemRow> rows = [];

    public async Task<IReadOnlyList<SystemRow>> RunAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken)
    {
        await dynamo.CreateTableAsync(IndexTable.Definition(Table), cancellationToken);

        // Before anything is measured everything has run, and been compiled.
        await MeasureAsync(100, "warm", cancellationToken);
        rows.Clear();
        foreach (var size in sizes)
            await MeasureAsync(size, "app", cancellationToken);
        return rows;
    }

    async Task MeasureAsync(int size, string name, CancellationToken cancellationToken)
    {
        await using var repository = await MeteredRepository.StartAsync(
            string.Create(CultureInfo.InvariantCulture, $"{name}/{size}"), dynamo, Table, cancellationToken);
        repository.Fill(size, protectedAndOld: 0);
        var meter = new Meter(repository);

        Say(size, "reconcile");
        var cold = await ColdAsync(repository, size, cancellationToken);
        var same = await meter.MeasureAsync("reconcile, nothing changed", size, 10, () => Work(ReconcileAsync), isLong: size >= Long);

        // Before the pushes, which leave images behind.
        var scans = new List<SystemRow>();
        foreach (var pageSize in (int[])[PagesOfMost, PagesOfDefault])
        {
            Say(size, $"full scan, {pageSize} a page");
            scans.Add(
                await meter.MeasureAsync(
                    string.Create(CultureInfo.InvariantCulture, $"full scan, {pageSize:#,0} a page, one expires"),
                    size,
                    10,
                    () => ScanAsync(pageSize),
                    isLong: size >= Long));
        }

        foreach (var n in KeepNewest)
        {
            foreach (var (kind, put) in ((string, Func<MeteredRepository, IReadOnlyList<RegistryEvent>>)[])
                    [("single", Put.Image), ("multi-arch", Put.MultiArch)])
            {
                Say(size, $"push of N = {n}, {kind}");
                var settings = Settings(n);
                rows.Add(await meter.MeasureAsync($"push, {kind}", size, n, () => PushAsync(settings, put, Outcome.NothingExpired)));
                rows.Add(await meter.MeasureAsync($"push, {kind}, one expires", size, n, () => PushAsync(settings, put, Outcome.Pruned)));
            }
        }

        rows.AddRange(cold, same);
        rows.AddRange(scans);

        async Task<Func<Task<bool>>> PushAsync(Settings settings, Func<MeteredRepository, IReadOnlyList<RegistryEvent>> put, string outcome)
        {
            if (outcome == Outcome.Pruned)
                await repository.HasHandledAsync(PastX, () => put(repository), settings, cancellationToken);
            var events = put(repository);
            // Of a multi-arch image it is the first event that finds what has expired.
            return async () => (await repository.HandleAsync(events, settings, cancellationToken))[0].Outcome == outcome;
        }

        async Task<bool> ReconcileAsync() => (await repository.ReconcileAsync(Settings(10), cancellationToken)).Drift == Drift.None;

        async Task<Func<Task<bool>>> ScanAsync(int pageSize)
        {
            var now = repository.Clock.GetUtcNow();
            repository.Clock.SetUtcNow(now - PastX);
            Put.Image(repository);
            repository.Clock.SetUtcNow(now);
            return async () =>
                await FullScan.RunAsync(repository.Ecr, repository.Name, 10, now - Settings(10).Policy.KeepFor, pageSize, cancellationToken)
                == 1;
        }
    }

    // On an empty table each time: the first with units in the repository that all else is measured in, the second in another like it.
    async Task<SystemRow> ColdAsync(MeteredRepository repository, int size, CancellationToken cancellationToken)
    {
        var (_, counted) = await repository.MeasureAsync(() => repository.ReconcileAsync(Settings(10), cancellationToken));

        var table = $"cold-{repository.Name.Replace('/', '-')}";
        await dynamo.CreateTableAsync(IndexTable.Definition(table), cancellationToken);
        await using var far = await MeteredRepository.StartAsync(repository.Name, dynamo, table, cancellationToken);
        far.Fill(size, protectedAndOld: 0);
        far.Latency = Latency;
        var (_, slow) = await far.MeasureAsync(() => far.ReconcileAsync(Settings(10), cancellationToken), asksForUnits: false);
        using var client = dynamo.Client();
        await client.DeleteTableAsync(table, cancellationToken);
        return new SystemRow("reconcile, cold", size, 10, counted, slow, counted.Time, slow.Time);
    }

    static Task<Func<Task<bool>>> Work(Func<Task<bool>> workAsync) => Task.FromResult(workAsync);

    static Settings Settings(int keepNewest) => new() { Policy = new RetentionPolicy { KeepNewest = keepNewest } };

    void Say(int size, string what) => progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size:#,0} images: {what}"));
}
