using Microsoft.Extensions.Logging;
using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Lambda;

/// <summary>
/// Collects ECR's pages of repositories until an answer is full. It always ends at the end of one of ECR's pages, because ECR's tokens
/// continue only from there. The last answers name the repositories that the index knows and ECR no longer has, so that a reconcile removes
/// their rows.
/// </summary>
sealed class RepositoryListing(IRegistry registry, IManifestIndex index, RepositoryFilter served, TimeProvider clock, ILogger logger)
{
    public const int MostNames = 500;

    /// <summary>The most pages that one invocation reads if the filter leaves almost nothing.</summary>
    public const int MostCalls = 50;

    // A page of the longest names must fit into an answer, with its token.
    const int PageSize = 100;
    const int LongestName = 256;
    const int QuotesAndComma = 3;
    const int FullPage = PageSize * (LongestName + QuotesAndComma);

    // ECR does not document the length of tokens. Known ones have a few hundred characters.
    const int Rest = 2_048;

    // ECR's own tokens have no colon.
    const string GoneToken = "gone:";
    const int LargestPage = 1_000;

    /// <param name="next">The token of the previous answer; null for the first.</param>
    public async Task<RepositoryList> ReadAsync(string? next, Invocation invocation, CancellationToken cancellationToken)
    {
        if (next?.StartsWith(GoneToken, StringComparison.Ordinal) == true)
            return await WithGoneAsync([], after: next[GoneToken.Length..], bytes: 0, cancellationToken);

        List<string> names = [];
        var (bytes, calls) = (0, 0);
        do
        {
            var page = await registry.ListRepositoriesAsync(next, PageSize, cancellationToken);
            var some = page.Names.Where(served.Serves).ToList();
            names.AddRange(some);
            bytes += some.Sum(name => name.Length + QuotesAndComma);
            next = page.Next;
            calls++;
        }
        while (next is not null
            && names.Count + PageSize <= MostNames
            && bytes + FullPage + Rest <= AnswerLimit.MaxBytes
            && calls < MostCalls
            && !invocation.IsShortOfTime(clock.GetUtcNow()));

        logger.RepositoriesListed(names.Count, calls, next is not null);
        return next is null ? await WithGoneAsync(names, after: "", bytes, cancellationToken) : new RepositoryList(names, next);
    }

    async Task<RepositoryList> WithGoneAsync(List<string> names, string after, int bytes, CancellationToken cancellationToken)
    {
        foreach (var name in await GoneAsync(after, cancellationToken))
        {
            bytes += name.Length + QuotesAndComma;
            if (names.Count == MostNames || bytes + Rest > AnswerLimit.MaxBytes)
                return new RepositoryList(names, GoneToken + after);

            names.Add(name);
            after = name;
        }

        return new RepositoryList(names, NextToken: null);
    }

    // ECR is asked for all repositories only if the index knows any. A new one that it does not show yet is reconciled as usual.
    async Task<IReadOnlyList<string>> GoneAsync(string after, CancellationToken cancellationToken)
    {
        var gone = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var name in index.ListRepositoriesAsync(cancellationToken))
        {
            if (served.Serves(name) && string.CompareOrdinal(name, after) > 0)
                gone.Add(name);
        }

        string? next = null;
        for (var calls = 0; gone.Count > 0 && (calls == 0 || next is not null); calls++)
        {
            var page = await registry.ListRepositoriesAsync(next, LargestPage, cancellationToken);
            gone.ExceptWith(page.Names);
            next = page.Next;
        }

        return [.. gone];
    }
}
