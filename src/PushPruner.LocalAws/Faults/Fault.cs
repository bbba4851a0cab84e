namespace PushPruner.LocalAws;

/// <summary>What fails in one call, and whether before or after it took effect.</summary>
public sealed record Fault
{
    Fault()
    {
    }

    internal Func<Exception>? Failure { get; private init; }

    internal TimeSpan Latency { get; private init; }

    internal bool NeverAnswers { get; private init; }

    internal bool IsAfterEffect { get; private init; }

    internal Lag? Stale { get; private init; }

    internal bool MissesRepository { get; private init; }

    /// <summary>Throttling is not in ECR's model: it comes as a 400 all the same.</summary>
    public static Fault Throttling => Refusal("ThrottlingException", "Rate exceeded");

    public static Fault ServerError => Refusal("ServerException", "The service was unable to process the request.", 500);

    public static Fault AccessDenied => Refusal("AccessDeniedException", "User is not authorized to perform this action");

    /// <summary>The connection closes without an answer; in process an <see cref="ConnectionLostException"/>.</summary>
    public static Fault LostConnection => new() { Failure = () => new ConnectionLostException() };

    /// <summary>No answer until the caller gives up. In process without a token to give up by, a <see cref="TimeoutException"/>.</summary>
    public static Fault Hanging => new() { NeverAnswers = true };

    /// <summary>
    /// A repository that is there is answered with RepositoryNotFoundException, as by a server that does not know it yet. ECR documents
    /// no consistency of its reads [?].
    /// </summary>
    public static Fault StrayRepositoryNotFound => new() { MissesRepository = true };

    /// <summary>
    /// A read (DescribeImages by id or as a list, ListImages, BatchGetImage) answers with what was there so long ago: an image pushed since
    /// is not found, and a tag put since is still where it was. ECR's reads are eventually consistent; for how long is documented nowhere
    /// [?]. Deletes show at once. Calls that write act on what is there and ignore this.
    /// </summary>
    public static Fault Lag(TimeSpan by) => new() { Stale = new Lag(by, OfTagsOnly: false) };

    /// <summary>As <see cref="Lag"/>, but an image shows from its push on, at first without the tag that came with it [?].</summary>
    public static Fault LagOfTags(TimeSpan by) => new() { Stale = new Lag(by, OfTagsOnly: true) };

    public static Fault Refusal(string code, string message, int httpStatus = 400) =>
        new() { Failure = () => new EcrError(code, message, httpStatus) };

    /// <summary>The call takes this long by the registry's clock. The synchronous methods take no time.</summary>
    public static Fault Delay(TimeSpan latency) => new() { Latency = latency };

    /// <summary>The call takes effect, and its answer says otherwise.</summary>
    public Fault AfterEffect() => this with { IsAfterEffect = true };

    public Fault After(TimeSpan latency) => this with { Latency = latency };
}
