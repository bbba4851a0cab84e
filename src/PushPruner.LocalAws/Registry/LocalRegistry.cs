namespace PushPruner.LocalAws;

/// <summary>
/// The Amazon ECR of one account in one region, in memory. Strict as ECR is known to be: what its documentation, its model or
/// recordings of it say is done as they say; what they don't say is an option. Safe to call from several threads.
/// </summary>
public sealed partial class LocalRegistry
{
    readonly Lock gate = new();
    readonly LocalRegistryOptions options;
    readonly TimeProvider clock;
    readonly IdSequence requestIds;
    readonly EventSource events;
    long calls;

    // That of the call at hand, under the lock.
    Lag? lag;

    public LocalRegistry(LocalRegistryOptions options, TimeProvider clock)
    {
        this.options = options;
        this.clock = clock;
        requestIds = new("request", options.Seed);
        events = new(options);
    }

    public LocalRegistryOptions Options => options;

    public CallLog Calls { get; } = new();

    public FaultPlan Faults { get; } = new();

    internal TimeProvider Clock => clock;

    /// <summary>
    /// Hands every event to <paramref name="receive"/> from now on, on the thread whose call caused it, after the call took effect and
    /// before it returns. To hold events back, to reorder, double or lose them, collect them in a list and deliver from there.
    /// </summary>
    /// <returns>Ends the subscription when disposed.</returns>
    public IDisposable Subscribe(Action<RegistryEvent> receive) => events.Subscribe(receive);

    /// <summary>Makes a call, without the latency that faults may ask for.</summary>
    /// <exception cref="EcrError">ECR refuses.</exception>
    public TAnswer Send<TAnswer>(EcrCall<TAnswer> call)
    {
        var entry = Enter(call, requestIds.Next());
        return Perform(call, entry, DecideFault(entry));
    }

    /// <summary>Makes a call, with the latency that faults may ask for, by the registry's clock.</summary>
    /// <exception cref="EcrError">ECR refuses.</exception>
    public Task<TAnswer> SendAsync<TAnswer>(EcrCall<TAnswer> call, CancellationToken cancellationToken = default) =>
        SendAsync(call, requestIds.Next(), cancellationToken);

    internal string NextRequestId() => requestIds.Next();

    internal async Task<TAnswer> SendAsync<TAnswer>(EcrCall<TAnswer> call, string requestId, CancellationToken cancellationToken)
    {
        var entry = Enter(call, requestId);
        var fault = DecideFault(entry);
        if (fault is { NeverAnswers: true })
        {
            if (fault.IsAfterEffect)
                Perform(call, entry, fault: null);
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        }

        if (fault?.Latency > TimeSpan.Zero)
            await Task.Delay(fault.Latency, clock, cancellationToken);
        return Perform(call, entry, fault);
    }

    RegistryCall Enter<TAnswer>(EcrCall<TAnswer> call, string requestId)
    {
        var entry = new RegistryCall
        {
            Number = Interlocked.Increment(ref calls),
            RequestId = requestId,
            Operation = call.Operation,
            Repository = call.Target,
            IdCount = call.IdCount,
            At = clock.GetUtcNow(),
        };
        Calls.Add(entry);
        return entry;
    }

    // Asked outside of the lock: the callback may look at the registry, or change it.
    Fault? DecideFault(RegistryCall entry) => Faults.Decide(entry);

    TAnswer Perform<TAnswer>(EcrCall<TAnswer> call, RegistryCall entry, Fault? fault)
    {
        try
        {
            if (fault is { IsAfterEffect: false })
                Throw(fault, call);
            var answer = Change(() => Apply(call, fault?.Stale));
            if (fault is { IsAfterEffect: true })
                Throw(fault, call);
            return answer;
        }
        catch (EcrError error)
        {
            error.RequestId ??= entry.RequestId;
            throw;
        }
    }

    TAnswer Apply<TAnswer>(EcrCall<TAnswer> call, Lag? lagOfCall)
    {
        try
        {
            lag = lagOfCall;
            return call.Apply(this);
        }
        finally
        {
            lag = null;
        }
    }

    void Throw<TAnswer>(Fault fault, EcrCall<TAnswer> call)
    {
        if (fault.MissesRepository)
            throw EcrError.RepositoryNotFound(call.Target ?? "unknown", options.AccountId);
        if (fault.NeverAnswers)
            throw new TimeoutException("The registry never answers this call.");
        if (fault.Failure is { } failure)
            throw failure();
    }

    /// <summary>Changes under the lock; events go out after it, also those of a call that fails.</summary>
    T Change<T>(Func<T> change)
    {
        try
        {
            lock (gate)
            {
                EndRestores();
                return change();
            }
        }
        finally
        {
            events.Flush();
        }
    }

    DateTimeOffset Now() => Truncated(clock.GetUtcNow());

    /// <summary>ECR keeps milliseconds, in earlier years whole seconds.</summary>
    DateTimeOffset Truncated(DateTimeOffset instant)
    {
        var unit = options.WholeSeconds ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond;
        return new(instant.UtcTicks - (instant.UtcTicks % unit), TimeSpan.Zero);
    }
}
