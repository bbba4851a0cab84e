using Microsoft.Extensions.Logging;
using PushPruner.Jobs;
using PushPruner.Policies;
using PushPruner.Ports;

namespace PushPruner.Lambda;

/// <summary>
/// Puts ECR's pages of repositories together until an answer is full. It always ends where one of ECR's pages does, for ECR's tokens know of no other
/// place to go on from.
/// </summary>
sealed class RepositoryListing(IRegistry registry, RepositoryFilter served, TimeProvider clock, ILogger logger)
{
    public const int MostNames = 500;

    /// <summary>Where the filter leaves next to nothing, so many pages are looked through in one invocation.</summary>
    public const int MostCalls = 50;

    // A page of the longest names has to fit into an answer, and its token too.
    const int PageSize = 100;
    const int LongestName = 256;
    const int QuotesAndComma = 3;
    const int FullPage = PageSize * (LongestName + QuotesAndComma);

    // ECR says nowhere how long a token can be. Those seen have a few hundred characters.
    const int Rest = 2_048;

    public async Task<RepositoryList> ReadAsync(string? next, Invocation invocation, CancellationToken cancellationToken)
    {
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
        return new RepositoryList(names, next);
    }
}
