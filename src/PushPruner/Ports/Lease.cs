namespace PushPruner.Ports;

/// <summary>
/// Which run prunes a repository, if several would. The lease only saves calls: two concurrent runs are safe, so holding it twice does no
/// harm.
/// </summary>
/// <param name="Holder">The run's request.</param>
/// <param name="Until">When it ends by itself, for a run that died.</param>
public sealed record Lease(string Holder, DateTimeOffset Until)
{
    /// <summary>
    /// As long as Lambda waits before it tries a failed event again, so that the retry finds it ended. One that ends later than this from
    /// now was not written by a run, and holds nothing.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
}
