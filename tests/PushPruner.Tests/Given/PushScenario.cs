using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PushPruner.Adapters;
using PushPruner.Jobs;
using PushPruner.LocalAws;
using PushPruner.Policies;
using PushPruner.Ports;
using PushPruner.Pruning;

namespace PushPruner.Tests.Given;

/// <summary>A registry, an index and a clock, and the sentences in which tests speak of them.</summary>
sealed class PushScenario
{
    public const string App = "team/app";

    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    readonly InMemoryIndex memory;
    int pushes;

    public PushScenario(Settings? settings = null, LocalRegistryOptions? options = null)
    {
        Settings = settings ?? new Settings();
        Clock = new SettableClock(Noon);
        Patience = new PatientClock(Clock);
        Ecr = new LocalRegistry(options ?? new LocalRegistryOptions(), Clock);
        Ecr.CreateRepository(App);
        memory = new InMemoryIndex(Clock);
        Index = new CountingIndex(memory);
    }

    public Settings Settings { get; set; }

    public SettableClock Clock { get; }

    /// <summary>The clock of the jobs.</summary>
    public PatientClock Patience { get; }

    public LocalRegistry Ecr { get; }

    public CountingIndex Index { get; private set; }

    /// <summary>What the jobs see in the place of ECR and of the index; each as it is unless a test breaks it.</summary>
    public Func<IRegistry, IRegistry> RegistrySeen { get; init; } = registry => registry;

    /// <inheritdoc cref="RegistrySeen"/>
    public Func<IManifestIndex, IManifestIndex> IndexSeen { get; init; } = index => index;

    /// <summary>What the jobs log to; nothing unless a test listens.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What the jobs take for the time.</summary>
    public Func<TimeProvider, TimeProvider> ClockSeen { get; init; } = clock => clock;

    /// <summary>What the last run counted of itself.</summary>
    public RunCounters Tally { get; private set; } = new();

    /// <summary>What the last halted run asked a person to approve.</summary>
    public ApprovalTerms? ToApprove { get; private set; }

    /// <summary>The tags in the repository, untagged digests shortened, in ordinal order.</summary>
    public IReadOnlyList<string> Images =>
        [.. Ecr.Images(App).Select(i => i.IsTagged ? string.Join('+', i.Tags) : i.Digest[..14]).Order(StringComparer.Ordinal)];

    /// <summary>An image that was there before anybody listened.</summary>
    public Digest HasImage(string tag, double daysOld, Func<SeededImage, SeededImage>? with = null)
    {
        var image = ManifestFactory.Image(tag, 1_000).At(Noon.AddDays(-daysOld), tag);
        return Digest.Parse(Ecr.Seed(App, with?.Invoke(image) ?? image));
    }

    /// <summary>Images <c>old-1</c> (the oldest) to <c>old-n</c>, an hour apart, the youngest so many days old.</summary>
    public void HasImages(int count, double daysOld)
    {
        for (var n = 1; n <= count; n++)
            HasImage($"old-{n}", daysOld + ((count - n) / 24d));
    }

    /// <summary>The index learns what the registry holds, as after a first contact, and the counters start anew.</summary>
    public async Task KnowsTheRepositoryAsync()
    {
        var job = new PushJob(new InProcessRegistry(Ecr), Index, Settings with { DryRun = true }, Patience, NullLogger.Instance);
        await job.RunAsync(
            new ImagePush(App, Digest.Parse("sha256:" + new string('0', 64)), Tag: null, Clock.GetUtcNow() - TimeSpan.FromMinutes(10)),
            NextInvocation(),
            default);
        ClearCounters();
    }

    public void ClearCounters()
    {
        Ecr.Calls.Clear();
        Index.Clear();
    }

    public void IndexIsWiped() => Index = new CountingIndex(new InMemoryIndex(Clock));

    /// <summary>CI pushes a new image now.</summary>
    public RegistryEvent Pushed(string? tag, string? content = null)
    {
        pushes++;
        return Ecr.PutImage(ManifestFactory.Image(content ?? $"{tag}/{pushes}", 1_000).Put(App, tag)).Event!;
    }

    public Task<PruneResult> PushAsync(string? tag, string? content = null) => HandleAsync(Pushed(tag, content));

    public Task<PruneResult> HandleAsync(RegistryEvent evt, TimeSpan? timeLeft = null)
    {
        var push = new ImagePush(
            evt.Repository,
            Digest.Parse(evt.Digest),
            evt.Tag,
            new DateTimeOffset(evt.At.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero));
        return new PushJob(Registry, IndexSeen(Index), Settings, ClockSeen(Patience), Logger).RunAsync(
            push, NextInvocation(timeLeft), default);
    }

    public Task<ReconcileResult> ReconcileAsync(ReconcileRequest? request = null, CancellationToken stop = default) =>
        new ReconcileJob(Registry, IndexSeen(Index), Settings, ClockSeen(Patience), Logger).RunAsync(
            request ?? new ReconcileRequest(App),
            NextInvocation() with
            {
                Stop = stop,
            },
            default);

    /// <summary>The request that the last halted run printed, for a person to approve it with.</summary>
    public ReconcileRequest Approval => ToApprove is { } terms
        ? new ReconcileRequest(App) { MaxDeletes = terms.Count, AsOf = terms.AsOf, PolicyHash = terms.PolicyHash }
        : throw new InvalidOperationException("no run was halted");

    /// <summary>A person approves the last halted run.</summary>
    public Task<ReconcileResult> ApproveAsync(CancellationToken stop = default) => ReconcileAsync(Approval, stop);

    public void ResourceTag(string key, string value) => Ecr.TagResource(new TagResourceCall
    {
        ResourceArn = $"arn:aws:ecr:us-east-1:123456789012:repository/{App}",
        Tags = [new ResourceTag { Key = key, Value = value }],
    });

    /// <summary>Somebody steps in right before ECR takes up the first call of this operation.</summary>
    public void Meanwhile(string operation, Action act) => Ecr.Faults.OnCall(call =>
    {
        if (call.Operation == operation)
        {
            Ecr.Faults.Clear();
            act();
        }

        return null;
    });

    public void DeletedByHand(string tag) =>
        Ecr.Expire(App, Ecr.Images(App).Single(i => i.Tags.Contains(tag)).Digest).ShouldBeTrue();

    IRegistry Registry => RegistrySeen(new InProcessRegistry(Ecr));

    Invocation NextInvocation(TimeSpan? timeLeft = null)
    {
        Tally = new RunCounters();
        var invocation = new Invocation($"request-{pushes}", Clock.GetUtcNow() + (timeLeft ?? TimeSpan.FromMinutes(15)))
        {
            Counters = Tally,
        };
        return invocation with
        {
            Approval = terms =>
            {
                ToApprove = terms;
                return invocation.Approval(terms);
            },
        };
    }
}
