using System.Text.Json;
using CsCheck;
using PushPruner.Deleting;
using PushPruner.Jobs;

namespace PushPruner.Lambda.Tests.Requests;

/// <summary>A state machine holds several answers in 256 KB.</summary>
public class AnswersThatAreTooLargeTests
{
    const int Limit = 32_768;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void An_answer_of_exactly_32_KB_is_left_as_it_is_and_one_byte_more_is_shortened(int more, bool isShortened)
    {
        var answer = new ReconcileResult { Outcome = Outcome.Pruned, Failed = [Failure("")], FailedCount = 1 };
        answer = answer with { Failed = [Failure(new string('m', Limit - Size(answer) + more))] };
        Size(answer).ShouldBe(Limit + more);

        var fitted = Fit(answer);

        fitted.Failed.Count.ShouldBe(isShortened ? 0 : 1);
        fitted.FailedCount.ShouldBe(1);
    }

    [Fact]
    public void Tags_are_left_out_before_images_are()
    {
        var answer = new ReconcileResult
        {
            Outcome = Outcome.Pruned, Expired = Images(100, tags: 1_000, tagLength: 20), ExpiredCount = 12_345,
        };

        var fitted = Fit(answer);

        Size(fitted).ShouldBeInRange(Limit - (100 * 25), Limit, "another tag of each image wouldn't have fitted");
        fitted.Expired.Count.ShouldBe(100);
        fitted.Expired.ShouldAllBe(image => image.Tags.Count == fitted.Expired[0].Tags.Count && image.Tags[0] == answer.Expired[0].Tags[0]);
        fitted.ExpiredCount.ShouldBe(12_345);
    }

    [Fact]
    public void Where_one_tag_of_each_is_too_much_whole_entries_go_from_the_end()
    {
        var answer = new ReconcileResult
        {
            Outcome = Outcome.Pruned,
            Expired = Images(100, tags: 1_000, tagLength: 128),
            Deleted = [.. Enumerable.Range(0, 100).Select(n => $"sha256:{n:x64}")],
            Failed = [.. Enumerable.Range(0, 100).Select(n => Failure($"message {n} {new string('m', 300)}"))],
            ExpiredCount = 100,
            DeletedCount = 400,
            FailedCount = 150,
        };

        var fitted = Fit(answer);

        Size(fitted).ShouldBeLessThanOrEqualTo(Limit);
        fitted.ShouldSatisfyAllConditions(
            f => f.Expired.Count.ShouldBeInRange(20, 99),
            f => f.Expired.ShouldAllBe(image => image.Tags.Count == 1),
            f => f.Expired.Select(image => image.Digest).ShouldBe(answer.Expired.Take(f.Expired.Count).Select(image => image.Digest)),
            f => f.Deleted.ShouldBe(answer.Deleted.Take(f.Expired.Count)),
            f => f.Failed.ShouldBe(answer.Failed.Take(f.Expired.Count)),
            f => (f.ExpiredCount, f.DeletedCount, f.FailedCount).ShouldBe((100, 400, 150)));
    }

    [Fact]
    public void Whatever_they_list_all_fit_and_those_that_do_already_stay_as_they_are()
    {
        var texts = Gen.OneOf(Gen.String[0, 400], Gen.Char['a', 'z'].Array[0, 2_000].Select(c => new string(c)));
        var images = Gen.Select(Gen.Int[0, 1_000], Gen.Int[1, 300], Gen.Int[0, 100])
            .Select((tags, length, count) => Images(count, tags, length));

        Gen.Select(images, texts.Array[0, 100]).Sample((expired, messages) =>
        {
            var answer = new ReconcileResult { Outcome = Outcome.Pruned, Expired = expired, Failed = [.. messages.Select(Failure)] };

            var fitted = Fit(answer);

            Size(fitted).ShouldBeLessThanOrEqualTo(Limit);
            Written(fitted).ShouldBeLessThanOrEqualTo(Limit);
            if (Size(answer) <= Limit)
                fitted.ShouldBe(answer);
        }, iter: 100);
    }

    static ReconcileResult Fit(ReconcileResult answer) => AnswerLimit.Fit(answer, FunctionJson.Default.ReconcileResult);

    static List<ExpiredImage> Images(int count, int tags, int tagLength) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(n => new ExpiredImage(
                    $"sha256:{n:x64}",
                    [.. Enumerable.Range(0, tags).Select(t => $"{t:d4}".PadLeft(tagLength, 't'))],
                    null,
                    1_000,
                    "rank 10 or more, 43.2 days old")),
        ];

    static FailedDelete Failure(string message) => new($"sha256:{new string('0', 64)}", "KmsError", message);

    // With everything escaped that anybody escapes.
    static int Size(ReconcileResult answer) => JsonSerializer.SerializeToUtf8Bytes(answer, FunctionJson.Default.ReconcileResult).Length;

    static long Written(ReconcileResult answer)
    {
        using var stream = new MemoryStream();
        new FunctionSerializer().Serialize(answer, stream);
        return stream.Length;
    }
}
