using System.Globalization;
using PushPruner.Aws.Tests.Dynamo;
using PushPruner.Policies;
using PushPruner.Testing.Pushes;

namespace PushPruner.Aws.Tests.Jobs;

/// <summary>
/// Repositories of three sizes that the index knows. The largest is as large as <c>PUSHPRUNER_LARGE_REPOSITORY</c> says, 100,000 by
/// default: as many images as ECR allows unless it is asked for more. A twentieth of them is old and protected.
/// </summary>
public sealed class FilledRepositories(DynamoDbFixture dynamo) : IAsyncLifetime
{
    readonly List<MeteredRepository> all = [];

    /// <summary>100 images: fewer than the largest N.</summary>
    public MeteredRepository Small => all[0];

    /// <summary>1,100 images: enough for something to expire where N is 1,000.</summary>
    public MeteredRepository Medium => all[1];

    public MeteredRepository Large => all[2];

    static int LargeSize =>
        int.Parse(Environment.GetEnvironmentVariable("PUSHPRUNER_LARGE_REPOSITORY") ?? "100000", CultureInfo.InvariantCulture);

    public static Settings SettingsWith(int keepNewest) => new()
    {
        Policy = new RetentionPolicy { KeepNewest = keepNewest, ProtectTags = WildcardSet.Of(MeteredRepository.Protected, "latest") },
    };

    public async ValueTask InitializeAsync()
    {
        await AddAsync("costs/small", young: 100, protectedAndOld: 0);
        await AddAsync("costs/medium", young: 1_100, protectedAndOld: 0);
        await AddAsync("costs/large", young: LargeSize / 20 * 19, LargeSize / 20);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var repository in all)
            await repository.DisposeAsync();
    }

    async Task AddAsync(string name, int young, int protectedAndOld)
    {
        var repository = await MeteredRepository.StartAsync(
            name, dynamo.Server, DynamoDbFixture.Table, TestContext.Current.CancellationToken);
        all.Add(repository);
        repository.Fill(young, protectedAndOld);
        await repository.ReconcileAsync(SettingsWith(10), TestContext.Current.CancellationToken);
    }
}
