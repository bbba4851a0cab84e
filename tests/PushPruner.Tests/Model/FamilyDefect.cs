namespace PushPruner.Tests.Model;

/// <summary>One step left out of those that let parts follow their owner.</summary>
enum FamilyDefect : byte
{
    None,
    DeletesPartsBeforeTheirOwner,
    DoesNotAskWhetherTheOwnerIsGone,
    ConfirmIgnoresTagsOfParts,
    RemovesTheRowOfTheOwnerBeforeItsPartsGo,
    DeletesByDigest,

    /// <summary>Not ours: then only what the index knows would stand between a shared member and its delete.</summary>
    EcrDeletesWhatALiveIndexNames,
}
