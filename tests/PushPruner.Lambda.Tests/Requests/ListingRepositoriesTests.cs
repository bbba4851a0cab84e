using System.Text;
using Amazon.ECR.Model;
using CsCheck;
using PushPruner.Lambda.Requests;
using PushPruner.Policies;

namespace PushPruner.Lambda.Tests.Requests;

public sealed class ListingRepositoriesTests : IAsyncLifetime
{
    const int Limit = 32_768;

    Deployment deployment = null!;

    public async ValueTask InitializeAsync() => deployment = await Deployment.StartAsync();

    public ValueTask DisposeAsync() => deployment.DisposeAsync();

    [Fact]
    public async Task A_registry_without_any_gives_an_empty_list_and_no_token() =>
        Json(await deployment.ListRepositoriesAsync()).ShouldBe("""{"repositories":[]}""");

    [Fact]
    public async Task A_few_come_at_once_and_no_token_with_them()
    {
        Have("team/a", "team/b", "c1");

        Json(await deployment.ListRepositoriesAsync()).ShouldBe("""{"repositories":["c1","team/a","team/b"]}""");
        deployment.Ecr.Calls.Count("DescribeRepositories").ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_has_500_names_at_most_and_the_next_goes_on_from_there()
    {
        Have([.. Enumerable.Range(0, 1_050).Select(n => $"r{n:d4}")]);

        (await AllAnswersAsync(deployment)).Select(a => a.Repositories.Count).ShouldBe([500, 500, 50]);
        deployment.Ecr.Calls.Count("DescribeRepositories").ShouldBe(11);
    }

    [Fact]
    public async Task Where_names_are_longest_an_answer_is_one_page_and_fits()
    {
        Have([.. Enumerable.Range(0, 250).Select(n => $"{n:d3}{new string('x', 253)}")]);

        var answers = await AllAnswersAsync(deployment);

        answers.Select(a => a.Repositories.Count).ShouldBe([100, 100, 50]);
        answers.ShouldAllBe(a => Json(a).Length <= Limit);
    }

    [Fact]
    public async Task However_long_names_are_each_comes_once_and_every_answer_fits() =>
        await Gen.Int[2, 256].Array[150, 700].SampleAsync(async lengths =>
        {
            await using var some = await Deployment.StartAsync();
            var names = lengths.Select((length, n) => $"{n:d3}x".PadRight(length, 'x')).ToList();
            Have(some, names);

            var answers = await AllAnswersAsync(some);

            answers.SelectMany(a => a.Repositories).ShouldBe(names);
            answers.ShouldAllBe(a => Json(a).Length <= Limit && a.Repositories.Count <= 500);
        }, iter: 10);

    [Fact]
    public async Task Those_that_are_not_served_are_left_out_and_their_pages_passed_over()
    {
        await using var choosy = await Deployment.StartAsync(settings: Serving("team-z/*,!team-z/base"));
        Have(choosy, [.. Enumerable.Range(0, 1_000).Select(n => $"team-a/{n}"), "team-z/app", "team-z/base"]);

        Json(await choosy.ListRepositoriesAsync()).ShouldBe("""{"repositories":["team-z/app"]}""");
    }

    [Fact]
    public async Task After_fifty_pages_with_nothing_to_serve_the_answer_is_empty_and_says_how_to_go_on()
    {
        await using var choosy = await Deployment.StartAsync(settings: Serving("team-z/*"));
        Have(choosy, [.. Enumerable.Range(0, 5_050).Select(n => $"team-a/{n}"), "team-z/app"]);

        var first = await choosy.ListRepositoriesAsync();
        choosy.Ecr.Calls.Count("DescribeRepositories").ShouldBe(50);
        var second = await NextAsync(choosy, first);

        first.Repositories.ShouldBeEmpty();
        second.ShouldSatisfyAllConditions(s => s.Repositories.ShouldBe(["team-z/app"]), s => s.NextToken.ShouldBeNull());
    }

    [Fact]
    public async Task It_ends_before_its_time_does()
    {
        await using var choosy = await Deployment.StartAsync(settings: Serving("team-z/*"));
        Have(choosy, [.. Enumerable.Range(0, 1_000).Select(n => $"team-a/{n}")]);
        choosy.Ecr.Faults.OnCall(_ =>
        {
            choosy.Clock.Advance(TimeSpan.FromSeconds(40));
            return null;
        });

        var answer = await choosy.ListRepositoriesAsync("{}", TimeSpan.FromSeconds(120));

        answer.ShouldSatisfyAllConditions(a => a.Repositories.ShouldBeEmpty(), a => a.NextToken.ShouldNotBeNull());
        choosy.Ecr.Calls.Count("DescribeRepositories").ShouldBe(3, "with 40 s left there was time for one more, with none for none");
    }

    [Fact]
    public async Task It_asks_at_least_once_however_little_time_there_is()
    {
        Have([.. Enumerable.Range(0, 150).Select(n => $"r{n:d4}")]);

        (await deployment.ListRepositoriesAsync("{}", TimeSpan.FromSeconds(1))).Repositories.Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_token_that_ECR_no_longer_takes_is_ECR_s_own_error() =>
        (
            await Should.ThrowAsync<InvalidParameterException>(() => deployment.ListRepositoriesAsync("""{"nextToken":"expired"}"""))
        ).ErrorCode.ShouldBe("InvalidParameterException");

    [Theory]
    [InlineData("null", "the request is null: an object with nextToken, execution")]
    [InlineData("[1]", "the request is [1]: an object with nextToken, execution")]
    [InlineData("""{"nextToken":7}""", "nextToken is 7: the nextToken of a former answer")]
    [InlineData("""{"nextToken":""}""", "nextToken is \"\": the nextToken of a former answer")]
    [InlineData("""{"nextToken":["a"]}""", "nextToken is [\"a\"]: the nextToken of a former answer")]
    [InlineData("""{"NextToken":"a"}""", "\"NextToken\":\"a\" is no field of this request; there are nextToken, execution")]
    public async Task A_request_that_can_t_be_understood_is_refused(string json, string message)
    {
        (await Should.ThrowAsync<MalformedRequestException>(() => deployment.ListRepositoriesAsync(json))).Message.ShouldBe(message);
        deployment.Ecr.Calls.Count().ShouldBe(0);
    }

    [Fact]
    public async Task A_token_that_is_null_asks_for_the_beginning()
    {
        Have("app");

        (await deployment.ListRepositoriesAsync("""{"nextToken":null,"execution":"weekly-1"}""")).Repositories.ShouldBe(["app"]);
    }

    [Fact]
    public async Task The_sample_asks_for_the_beginning()
    {
        Have("app");

        (
            await deployment.ListRepositoriesAsync(
                await File.ReadAllTextAsync(Path.Combine("events", "requests", "list-repositories.json")))).Repositories.ShouldBe(["app"]);
    }

    static Settings Serving(string patterns) => new() { Repositories = Setting.Repositories("REPOSITORIES", patterns) };

    static async Task<IReadOnlyList<RepositoryList>> AllAnswersAsync(Deployment deployment)
    {
        List<RepositoryList> answers = [await deployment.ListRepositoriesAsync()];
        while (answers[^1].NextToken is not null)
            answers.Add(await NextAsync(deployment, answers[^1]));
        return answers;
    }

    static Task<RepositoryList> NextAsync(Deployment deployment, RepositoryList former) =>
        deployment.ListRepositoriesAsync($$"""{"nextToken":"{{former.NextToken}}"}""");

    void Have(params string[] names) => Have(deployment, names);

    static void Have(Deployment deployment, IEnumerable<string> names)
    {
        foreach (var name in names)
            deployment.Ecr.CreateRepository(name);
        deployment.Ecr.Calls.Clear();
    }

    static string Json(RepositoryList answer)
    {
        using var stream = new MemoryStream();
        new FunctionSerializer().Serialize(answer, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
