namespace PushPruner.EndToEnd.Tests.Published;

/// <summary>Before it builds anything, and with the way out.</summary>
public class WhatMakeRefusesTests
{
    [Theory]
    [InlineData("ARCH is \"amd64\": arm64 or x86_64", "tools", "ARCH=amd64")]
    [InlineData("an x86_64 bootstrap is not built on Darwin_arm64", "tools", "ARCH=x86_64", "HOST=Darwin_arm64")]
    [InlineData("no-such-linker is missing: apt-get install lld", "publish", "TOOLS=make:make no-such-linker:lld")]
    [InlineData("AWS_PACKAGES is \"feed\": auto, registry or standin", "publish", "AWS_PACKAGES=feed", "TOOLS=")]
    [InlineData("ARTIFACTS_DIR is not set", "build-OnImagePushed", "ARTIFACTS_DIR=")]
    public async Task Is_said_in_a_line(string line, params string[] arguments)
    {
        var make = await Make.RunAsync(arguments);

        make.ExitCode.ShouldNotBe(0);
        make.Output.ShouldContain(line);
        make.Output.ShouldNotContain("dotnet publish");
    }
}
