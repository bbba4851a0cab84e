using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PushPruner.Jobs;

namespace PushPruner.Lambda;

/// <summary>
/// Keeps answers so small that a state of Step Functions, which has room for 256 KB, can hold several. It shortens only lists: counts
/// are complete, and the log has everything.
/// </summary>
public static class AnswerLimit
{
    public const int MaxBytes = 32 * 1_024;

    /// <summary>The answer with as many list entries, and as many tags per image, as there is room for; at least one tag.</summary>
    public static T Fit<T>(T answer, JsonTypeInfo<T> type)
        where T : PruneResult
    {
        if (Fits(answer))
            return answer;

        var mostTags = answer.Expired.Select(image => image.Tags.Count).DefaultIfEmpty().Max();
        var withFewerTags = WithTags(answer, Largest(1, mostTags, tags => Fits(WithTags(answer, tags))));
        return WithEntries(withFewerTags, Largest(0, PruneResult.MaxListed, entries => Fits(WithEntries(withFewerTags, entries))));

        // Counts the longest form. The function's own serializer escapes less than the default one.
        bool Fits(T candidate) => JsonSerializer.SerializeToUtf8Bytes(candidate, type).Length <= MaxBytes;
    }

    static T WithTags<T>(T answer, int most)
        where T : PruneResult =>
        answer with { Expired = [.. answer.Expired.Select(image => image with { Tags = [.. image.Tags.Take(most)] })] };

    static T WithEntries<T>(T answer, int most)
        where T : PruneResult =>
        answer with
        {
            Expired = [.. answer.Expired.Take(most)], Deleted = [.. answer.Deleted.Take(most)], Failed = [.. answer.Failed.Take(most)],
        };

    // The largest number that fits, if every smaller one fits as well; the least one even if it does not fit.
    static int Largest(int least, int most, Func<int, bool> fits)
    {
        while (least < most)
        {
            var middle = least + ((most - least + 1) / 2);
            (least, most) = fits(middle) ? (middle, most) : (least, middle - 1);
        }

        return least;
    }
}
