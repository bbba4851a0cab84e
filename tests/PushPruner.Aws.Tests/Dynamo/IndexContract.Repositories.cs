using System.Globalization;

namespace PushPruner.Aws.Tests.Dynamo;

public abstract partial class IndexContract
{
    [Fact]
    public async Task A_repository_that_was_added_is_listed_once_until_it_is_removed()
    {
        (await KnownAsync()).ShouldNotContain(repository);

        await Index.AddRepositoryAsync(repository, Token);
        await Index.AddRepositoryAsync(repository, Token);
        (await KnownAsync()).Count(name => name == repository).ShouldBe(1);

        await Index.RemoveRepositoryAsync(repository, Token);
        (await KnownAsync()).ShouldNotContain(repository);
        await Index.RemoveRepositoryAsync(repository, Token);
    }

    [Fact]
    public async Task A_repository_that_was_removed_can_be_added_again()
    {
        await Index.AddRepositoryAsync(repository, Token);
        await Index.RemoveRepositoryAsync(repository, Token);
        await Index.AddRepositoryAsync(repository, Token);

        (await KnownAsync()).ShouldContain(repository);
    }

    // Names of ECR's 256 characters, of which one answer of DynamoDB, 1 MB, holds some 3,000.
    [Fact]
    public async Task Repositories_are_listed_however_many_they_are()
    {
        var names = Enumerable
            .Range(0, 4_500)
            .Select(i => $"{repository}/{i.ToString("d4", CultureInfo.InvariantCulture)}".PadRight(256, 'x'))
            .ToList();
        await Parallel.ForEachAsync(
            names,
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Token },
            async (name, token) => await Index.AddRepositoryAsync(name, token));

        (await KnownAsync()).Where(name => name.StartsWith(repository, StringComparison.Ordinal)).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_written_of_a_repository_does_not_add_it_and_removing_it_leaves_its_tombstones()
    {
        await WriteAsync(Sample.Image(1));
        await Index.WriteTombstoneAsync(repository, Sample.Tombstone(2, Clock.GetUtcNow()), Token);
        (await KnownAsync()).ShouldNotContain(repository);

        await Index.RemoveRepositoryAsync(repository, Token);

        (await Index.FindTombstoneAsync(repository, Sample.Digest(2), Token)).ShouldNotBeNull();
    }

    async Task<List<string>> KnownAsync() => await Index.ListRepositoriesAsync(Token).ToListAsync(Token);
}
