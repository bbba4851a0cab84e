using System.Globalization;
using Amazon.ECR;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Aws;
using PushPruner.Aws.Dynamo;
using PushPruner.Aws.Ecr;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Testing.DynamoDb;
using PushPruner.Testing.Wire;

namespace PushPruner.Testing.Pushes;

/// <summary>
/// One repository behind ECR's API, its index on a DynamoDB server, and the jobs on both by the SDK's clients, which are metered. Its clock
/// stands still but for a second a push, so that nothing expires by itself.
/// </summary>
public sealed class MeteredRepository : IAsyncDisposable
{
    /// <summary>The pattern by which the images that <see cref="Fill"/> makes old are protected.</summary>
    public const string Protected = "release-*";

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    readonly LocalAwsServer server;
    readonly AmazonECRClient ecr;
    readonly CountingClient dynamo;
    readonly MeteredWire toEcr;
    readonly MeteredWire toTable;
    int puts;

    MeteredRepository(
        string name,
        SettableClock clock,
        LocalRegistry registry,
        LocalAwsServer server,
        DynamoDbServer dynamoServer,
        string table)
    {
        this.server = server;
        (Name, Clock, Registry, Table) = (name, clock, registry, table);
        (toEcr, toTable) = (new MeteredWire(), new MeteredWire());
        ecr = EcrClient.Create(
            new AmazonECRConfig
            {
                ServiceURL = server.Url.ToString(), AuthenticationRegion = registry.Options.Region, HttpClientFactory = toEcr,
            },
            new BasicAWSCredentials("test", "test"));
        var config = dynamoServer.Configuration();
        config.HttpClientFactory = toTable;
        dynamo = new CountingClient(config) { AsksForUnits = false };
    }

    public string Name { get; }

    public string Table { get; }

    public SettableClock Clock { get; }

    public LocalRegistry Registry { get; }

    public IAmazonECR Ecr => ecr;

    /// <summary>What every call waits before it leaves, to ECR and to the table.</summary>
    public TimeSpan Latency
    {
        get => toEcr.Latency;
        set => (toEcr.Latency, toTable.Latency) = (value, value);
    }

    /// <summary>Is shown each call to ECR before it leaves: its operation and its text.</summary>
    public Action<string, string>? CallsToEcr
    {
        get => toEcr.Seen;
        set => toEcr.Seen = value;
    }

    public static async Task<MeteredRepository> StartAsync(
        string name, DynamoDbServer dynamo, string table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dynamo);
        var clock = new SettableClock(Noon);
        var registry = new LocalRegistry(new LocalRegistryOptions(), clock);
        registry.CreateRepository(name);
        return new(name, clock, registry, await LocalAwsServer.StartAsync(registry, cancellationToken: cancellationToken), dynamo, table);
    }

    /// <summary>Images of the last day, and some that are old and protected.</summary>
    public void Fill(int young, int protectedAndOld)
    {
        Registry.Seed(Name, Enumerable.Range(0, young).Select(n => Image(n, 1, $"young-{n.ToString(CultureInfo.InvariantCulture)}")));
        Registry.Seed(
            Name,
            Enumerable
                .Range(0, protectedAndOld)
                .Select(n => Image(1_000_000 + n, 200, $"release-{n.ToString(CultureInfo.InvariantCulture)}")));
    }

    /// <summary>An image is pushed; nobody has handled the event yet.</summary>
    public RegistryEvent Put(LocalManifest manifest, string? tag)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Clock.Advance(TimeSpan.FromSeconds(1));
        return Registry.PutImage(manifest.Put(Name, tag)).Event!;
    }

    /// <summary>A name that no image has yet.</summary>
    public string NextName() => string.Create(CultureInfo.InvariantCulture, $"{Name}/{++puts}");

    /// <summary>Pushes of so long ago, with the events that they sent then handled then.</summary>
    public async Task HasHandledAsync(
        TimeSpan ago, Func<IReadOnlyList<RegistryEvent>> put, Settings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(put);
        var now = Clock.GetUtcNow();
        Clock.SetUtcNow(now - ago);
        await HandleAsync(put(), settings, cancellationToken);
        Clock.SetUtcNow(now);
    }

    /// <summary>Handles the event of a push that was just announced, whoever announced it.</summary>
    public Task<PruneResult> HandleAsync(ImagePush push, Settings settings, CancellationToken cancellationToken) =>
        new PushJob(Port(), Index(), settings, Clock, NullLogger.Instance).RunAsync(push, Invocation(), cancellationToken);

    /// <summary>Handles push events one after another.</summary>
    /// <returns>The result of each.</returns>
    public async Task<IReadOnlyList<PruneResult>> HandleAsync(
        IReadOnlyList<RegistryEvent> events, Settings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        var job = new PushJob(Port(), Index(), settings, Clock, NullLogger.Instance);
        var results = new List<PruneResult>();
        foreach (var evt in events)
        {
            results.Add(
                await job.RunAsync(new ImagePush(Name, Digest.Parse(evt.Digest), evt.Tag, evt.At), Invocation(), cancellationToken));
        }

        return results;
    }

    public Task<ReconcileResult> ReconcileAsync(Settings settings, CancellationToken cancellationToken) =>
        new ReconcileJob(Port(), Index(), settings, Clock, NullLogger.Instance).RunAsync(
            new ReconcileRequest(Name), Invocation(), cancellationToken);

    /// <summary>From now on its pushes take turns, or don't any more.</summary>
    public async Task TakesTurnsAsync(bool doesIt, CancellationToken cancellationToken)
    {
        var state = (await Index().ReadAsync(Name, [], tag: null, cancellationToken)).State!;
        await Index()
            .TryWriteStateAsync(Name, state with { ContendedUntil = doesIt ? Clock.GetUtcNow().AddDays(1) : null }, cancellationToken);
    }

    /// <summary>Another run takes its turn, or gives it back.</summary>
    public Task IsAnothersTurnAsync(bool isIt, CancellationToken cancellationToken)
    {
        var lease = new Lease("another", Clock.GetUtcNow() + Lease.Longest);
        return isIt ? Index().TryTakeLeaseAsync(Name, lease, cancellationToken) : Index().ReturnLeaseAsync(Name, lease, cancellationToken);
    }

    /// <summary>What some work costs, on connections that are open already.</summary>
    /// <param name="asksForUnits">False leaves the units at none, and nothing but the work itself on the wire.</param>
    public async Task<(T Result, Cost Cost)> MeasureAsync<T>(Func<Task<T>> workAsync, bool asksForUnits = true)
    {
        ArgumentNullException.ThrowIfNull(workAsync);
        toEcr.Clear();
        toTable.Clear();
        dynamo.Clear();
        dynamo.AsksForUnits = asksForUnits;
        var begun = TimeProvider.System.GetTimestamp();
        var result = await workAsync();
        var time = TimeProvider.System.GetElapsedTime(begun);
        return (result, new Cost(toEcr.Traffic, toTable.Traffic, dynamo.Consumed, time));
    }

    public async ValueTask DisposeAsync()
    {
        ecr.Dispose();
        dynamo.Dispose();
        await server.DisposeAsync();
    }

    EcrRegistry Port() => new(ecr, new RegistryHome("aws", Registry.Options.Region, Registry.Options.AccountId));

    /// <summary>The index as the jobs use it.</summary>
    public IManifestIndex Index() => new DynamoIndex(dynamo, Table, Clock);

    Invocation Invocation() => new("request", Clock.GetUtcNow().AddMinutes(15));

    // Their times differ by milliseconds: few ties, and all on the same side of X.
    static SeededImage Image(int number, double daysOld, string tag) => new()
    {
        Digest = $"sha256:{number:x64}",
        Tags = [tag],
        PushedAt = Noon.AddDays(-daysOld).AddMilliseconds(number % 100_000),
        SizeInBytes = 1_000,
        MediaType = MediaTypes.OciManifest,
    };
}
