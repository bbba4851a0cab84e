using PushPruner.Cli.Output;

namespace PushPruner.Cli.Tests.Output;

public sealed class ParagraphsTests
{
    [Fact]
    public void Lines_of_a_paragraph_are_joined_and_broken_where_there_is_no_more_room() =>
        Paragraphs.Wrap("one two three\nfour five\n\nsix", 14).ShouldBe("one two three\nfour five\n\nsix");

    [Fact]
    public void A_line_of_a_list_goes_on_below_itself() =>
        Paragraphs
            .Wrap("Exit codes:\n  0    done, also when something is expired", 30)
            .ShouldBe("Exit codes:\n  0    done, also when\n      something is expired");

    [Fact]
    public void A_command_stays_a_line_because_it_is_copied()
    {
        const string command = "  pushpruner plan team/app --details --keep-newest 5 --keep-days 14";
        Paragraphs.Wrap($"Examples:\n{command}", 30).ShouldBe($"Examples:\n{command}");
    }

    [Fact]
    public void A_word_that_is_wider_than_the_room_is_not_broken() => Paragraphs.Wrap("abcdefghij", 5).ShouldBe("abcdefghij");
}
