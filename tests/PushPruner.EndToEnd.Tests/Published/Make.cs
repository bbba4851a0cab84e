using System.ComponentModel;
using PushPruner.Testing;

namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>The Makefile of the checkout.</summary>
static class Make
{
    public static async Task<Command> RunAsync(params string[] arguments)
    {
        try
        {
            return await Command.RunAsync(Checkout.Root, "make", arguments);
        }
        catch (Win32Exception)
        {
            Assert.Skip("make is missing");
            throw;
        }
    }
}
