using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Dynamo;

/// <summary>What <see cref="IManifestIndex"/> promises, whatever it stands on.</summary>
public abstract partial class IndexContract
{
    readonly string repository = Sample.Repository();

    protected SettableClock Clock { get; } = new(Sample.Start);

    protected abstract IManifestIndex Index { get; }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    async Task<IndexRow> WriteAsync(IndexRow row) => (await Index.TryWriteAsync(repository, row, Token)).ShouldNotBeNull();

    async Task<IndexRow?> ReadAsync(Digest digest) =>
        (await Index.ReadAsync(repository, [digest], tag: null, Token)).Rows.GetValueOrDefault(digest);

    static void ShouldBe(IndexRow? actual, IndexRow expected)
    {
        actual.ShouldNotBeNull();
        actual.HasSameContentAs(expected).ShouldBeTrue(actual.ToString());
        actual.Revision.ShouldBe(expected.Revision);
    }
}
