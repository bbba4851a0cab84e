using Amazon.ECR;
using Amazon.ECR.Model;
using PushPruner.LocalAws;
using PushPruner.Ports;

namespace PushPruner.Aws.Tests.Ecr;

public class ListingRepositoriesTests : EcrTest
{
    [Fact]
    public async Task Pages_have_as_many_as_are_asked_for_and_lead_to_the_end()
    {
        foreach (var n in Enumerable.Range(0, 24))
            Local.CreateRepository($"app-{n}");
        Local.Calls.Clear();

        List<RepositoryPage> pages = [await Registry.ListRepositoriesAsync(next: null, 10, default)];
        while (pages[^1].Next is { } next)
            pages.Add(await Registry.ListRepositoriesAsync(next, 10, default));

        pages.Select(p => p.Names.Count).ShouldBe([10, 10, 5]);
        pages.SelectMany(p => p.Names).ShouldBe([App, .. Enumerable.Range(0, 24).Select(n => $"app-{n}")], ignoreOrder: true);
        Local.Calls.ToString().ShouldBe("DescribeRepositories 3");
    }

    [Fact]
    public async Task A_page_that_ends_with_the_registry_leads_nowhere() =>
        (await Registry.ListRepositoriesAsync(next: null, 1, default)).ShouldSatisfyAllConditions(
            p => p.Names.ShouldBe([App]), p => p.Next.ShouldBeNull());

    [Fact]
    public async Task An_empty_registry_has_a_page_without_names()
    {
        Local.DeleteRepository(new DeleteRepositoryCall { RepositoryName = App });

        (await Registry.ListRepositoriesAsync(next: null, 100, default)).ShouldSatisfyAllConditions(
            p => p.Names.ShouldBeEmpty(), p => p.Next.ShouldBeNull());
    }

    [Fact]
    public async Task Throttling_is_waited_out_and_a_denial_is_not()
    {
        Local.Faults.ThrottleNext("DescribeRepositories");
        (await Registry.ListRepositoriesAsync(next: null, 100, default)).Names.ShouldBe([App]);
        Local.Calls.Count("DescribeRepositories").ShouldBe(2);

        Local.Calls.Clear();
        Local.Faults.DenyNext("DescribeRepositories");
        (await Should.ThrowAsync<AmazonECRException>(() => Registry.ListRepositoriesAsync(next: null, 100, default))).ErrorCode.ShouldBe(
            "AccessDeniedException");
        Local.Calls.Count("DescribeRepositories").ShouldBe(1);
    }

    [Fact]
    public async Task A_repository_is_asked_for_by_its_name_in_one_call()
    {
        Local.CreateRepository("team/web");
        Local.Calls.Clear();

        (await Registry.ExistsAsync("team/web", default)).ShouldBeTrue();
        (await Registry.ExistsAsync("team/we", default)).ShouldBeFalse();
        Local.Calls.ToString().ShouldBe("DescribeRepositories 2");
    }

    [Fact]
    public async Task Whether_a_repository_exists_is_not_guessed_when_ECR_refuses_to_answer()
    {
        Local.Faults.DenyNext("DescribeRepositories");

        (await Should.ThrowAsync<AmazonECRException>(() => Registry.ExistsAsync(App, default))).ErrorCode.ShouldBe("AccessDeniedException");
    }

    [Fact]
    public async Task A_token_of_another_listing_is_refused_at_once()
    {
        (
            await Should.ThrowAsync<InvalidParameterException>(() => Registry.ListRepositoriesAsync("expired", 100, default))
        ).Message.ShouldContain("nextToken");
        Local.Calls.Count("DescribeRepositories").ShouldBe(1);
    }
}
