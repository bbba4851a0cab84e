using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace Amazon.ECR.Internal;

abstract class SingleUsePaginator<TResponse> : IPaginator<TResponse>
{
    int _used;

    protected abstract string FirstToken { get; }

    protected abstract Task<TResponse> Page(string token, CancellationToken cancellationToken);

    protected abstract string TokenAfter(TResponse page);

    public async IAsyncEnumerable<TResponse> PaginateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _used, 1) != 0)
        {
            throw new InvalidOperationException("Paginator has already been consumed and cannot be reused. Please create a new instance.");
        }

        var token = FirstToken;
        do
        {
            var page = await Page(token, cancellationToken);
            token = TokenAfter(page);
            cancellationToken.ThrowIfCancellationRequested();
            yield return page;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
