namespace PushPruner.Tests.Model;

/// <summary>One safety step of the push left out.</summary>
enum PushDefect : byte
{
    None,
    DeletesWithoutConfirming,
    ConfirmIgnoresProtection,
    ConfirmIgnoresAge,
    ConfirmDoesNotAskForTheWindow,
    DeletesByDigest,
    DoesNotSpareItsOwn,
    IgnoresPromotions,
    AcknowledgesBeforeTheWork,
    BooksTheDeleteBeforeItsAnswer,
    RemovesTheRowBeforeTheTombstone,
    DoesNotAskAgain,
    DoesNotRefileTheFormerBearer,
}
