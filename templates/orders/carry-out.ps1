# What follows is the same in every script. It changes nothing by itself: each order below calls Invoke-Order once.

function ConvertFrom-OrderText {
    param([Parameter(Mandatory = $true)] [string] $Base64)
    [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Base64))
}

function ConvertTo-OrderTime {
    param([Parameter(Mandatory = $true)] [string] $Text)
    $style = [Globalization.DateTimeStyles]::AdjustToUniversal
    [DateTime]::Parse($Text, [Globalization.CultureInfo]::InvariantCulture, $style)
}

# Stops before anything is done where a session is missing, or is one of another tenant.
function Assert-OrderSession {
    param([string] $Tenant, [switch] $Exchange, [switch] $Graph)
    $isGuid = $Tenant -match '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
    if ($Exchange) {
        $sessions = @(Get-ConnectionInformation -ErrorAction Stop | Where-Object { $_.State -eq 'Connected' })
        if ($sessions.Count -eq 0) { throw 'no session of Exchange Online: run Connect-ExchangeOnline first' }
        foreach ($session in $sessions) {
            if ($isGuid -and (('' + $session.TenantID) -ne $Tenant)) { throw ('a session of Exchange Online is one of another tenant: ' + $session.TenantID) }
        }
    }
    if ($Graph) {
        $context = Get-MgContext -ErrorAction Stop
        if ($null -eq $context) { throw 'no session of Microsoft Graph: run Connect-MgGraph first' }
        if ($isGuid -and (('' + $context.TenantId) -ne $Tenant)) { throw ('the session of Microsoft Graph is one of another tenant: ' + $context.TenantId) }
    }
    # A result that could not be kept would be worse than none: found out before anything is done.
    if ($Execute) { Add-Content -LiteralPath $ResultPath -Encoding UTF8 -Value '' -NoNewline -ErrorAction Stop }
}

# Says which of the orders that were asked for are not in this script.
function Complete-Orders {
    foreach ($id in @($Only)) {
        if ($id -and ($Script:SeenOrders -notcontains $id)) { Write-Warning ($id + ': no such order in this script') }
    }
}

# One line of the result file that `countersign results` reads back.
function Write-OrderResult {
    param([string] $Order, [string] $State, [string] $Detail)
    $line = [ordered]@{
        format = 'countersign-result/1'
        order = $Order
        state = $State
        at = [DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ', [Globalization.CultureInfo]::InvariantCulture)
        detail = $Detail
    }
    Add-Content -LiteralPath $ResultPath -Encoding UTF8 -Value (ConvertTo-Json -InputObject $line -Compress)
    Write-Host ($Order + '  ' + $State + '  ' + $Detail)
}

function Test-OrderDone {
    param([hashtable] $Step)
    if ($Step.Done -eq 'never') { return $false }
    $found = @(& $Step.Look | Where-Object { $null -ne $_ }).Count -gt 0
    if ($Step.Done -eq 'present') { return $found }
    return -not $found
}

# Carries out the steps of one order and writes one result. A step that has nothing left to do is told apart from one that
# was done; one that the service takes only for later leaves the order running, never succeeded.
function Invoke-Order {
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
    param([string] $Id, [string] $What, [string] $Approver, [DateTime] $Until, [hashtable[]] $Steps)
    $Script:SeenOrders = @($Script:SeenOrders) + $Id
    if ($Only -and ($Only -notcontains $Id)) { return }
    if ([DateTime]::UtcNow -gt $Until) {
        Write-Warning ($Id + ': no longer valid, nothing was done')
        return
    }
    $Script:CurrentOrder = $Id
    $Script:CurrentApprover = $Approver
    $did = 0
    $already = 0
    $later = 0
    $refused = 0
    try {
        foreach ($step in $Steps) {
            if (Test-OrderDone -Step $step) {
                $already = $already + 1
                continue
            }
            if (-not $PSCmdlet.ShouldProcess(($Id + ': ' + $step.Show), $What)) {
                $refused = $refused + 1
                continue
            }
            & $step.Work | Out-Null
            if ($step.Later) {
                $later = $later + 1
            } elseif (($step.Done -eq 'never') -or (Test-OrderDone -Step $step)) {
                $did = $did + 1
            } else {
                $later = $later + 1
            }
        }
    } catch {
        $done = ' (' + $did + ' done, ' + $already + ' already so before that)'
        if ($WhatIfPreference) { Write-Warning ($Id + ': ' + $_.Exception.Message) } else { Write-OrderResult -Order $Id -State 'failed' -Detail ($_.Exception.Message + $done) }
        return
    }
    $detail = '' + $did + ' done, ' + $already + ' already so, ' + $later + ' taken for later, ' + $refused + ' not done'
    if ($WhatIfPreference -or (($did + $already + $later) -eq 0)) {
        Write-Host ($Id + '  ' + $detail)
    } elseif (($later + $refused) -gt 0) {
        Write-OrderResult -Order $Id -State 'running' -Detail $detail
    } elseif ($did -gt 0) {
        Write-OrderResult -Order $Id -State 'succeeded' -Detail $detail
    } else {
        Write-OrderResult -Order $Id -State 'already gone' -Detail $detail
    }
}

# The rule of exactly this name, where it is on or off as asked; names are compared whole, letter by letter.
function Get-OrderInboxRule {
    param([string] $Mailbox, [string] $Name, [bool] $Enabled)
    $found = @(Get-InboxRule -Mailbox $Mailbox -IncludeHidden -ErrorAction Stop | Where-Object { $_.Name -ceq $Name })
    if ($found.Count -gt 1) { throw ('the mailbox has ' + $found.Count + ' rules of this name: do it by hand') }
    $found | Where-Object { $_.Enabled -eq $Enabled }
}

# A block entry that holds at least as long as was approved.
function Get-OrderBlock {
    param([string] $ListType, [string] $Entry, $Until)
    Get-TenantAllowBlockListItems -ListType $ListType -Block -Entry $Entry -ErrorAction Stop |
        Where-Object { ($null -eq $Until) -or ($null -eq $_.ExpirationDate) -or ($_.ExpirationDate -ge $Until) }
}

# The forwarding of a mailbox, if there is one; stops where any of it is not what was approved.
function Get-OrderForwarding {
    param([string] $Mailbox, [string] $Approved)
    $found = Get-Mailbox -Identity $Mailbox -ErrorAction Stop
    $now = @()
    if ($found.ForwardingSmtpAddress) { $now = $now + (('' + $found.ForwardingSmtpAddress) -replace '^smtp:', '') }
    if ($found.ForwardingAddress) {
        $now = $now + ('' + (Get-Recipient -Identity $found.ForwardingAddress -ErrorAction Stop).PrimarySmtpAddress)
    }
    foreach ($address in $now) {
        if ($address -ne $Approved) { throw ('the mailbox forwards to ' + $address + ' now, which was not approved') }
    }
    if ($now.Count -gt 0) { $found }
}

function Get-OrderFullAccess {
    param([string] $Mailbox, [string] $Delegate)
    Get-MailboxPermission -Identity $Mailbox -User $Delegate -ErrorAction Stop |
        Where-Object { (-not $_.IsInherited) -and (-not $_.Deny) -and ($_.AccessRights -contains 'FullAccess') }
}

function Get-OrderSendOnBehalf {
    param([string] $Mailbox, [string] $Delegate)
    $wanted = (Get-Recipient -Identity $Delegate -ErrorAction Stop).Name
    (Get-Mailbox -Identity $Mailbox -ErrorAction Stop).GrantSendOnBehalfTo | Where-Object { ('' + $_) -eq $wanted }
}

function Get-OrderAccount {
    param([string] $UserId, [bool] $Enabled)
    Get-MgUser -UserId $UserId -Property 'id,accountEnabled' -ErrorAction Stop | Where-Object { $_.AccountEnabled -eq $Enabled }
}

# Finds the copies of the approved messages by their network message ids, stops where there are more than was approved, and asks
# the service to remediate exactly these. It answers before it has done so.
function Invoke-OrderRemediation {
    param([string] $Action, [long] $AtMost, [string] $Query)
    $asked = ConvertTo-Json -InputObject @{ Query = $Query } -Compress
    $answer = Invoke-MgGraphRequest -Method POST -Uri 'https://graph.microsoft.com/v1.0/security/runHuntingQuery' -Body $asked -ContentType 'application/json' -ErrorAction Stop
    $ids = @($answer.results | ForEach-Object { $_.ReportId } | Where-Object { $_ } | Sort-Object -Unique)
    if ($ids.Count -eq 0) { throw 'no message was found by these ids' }
    if ($ids.Count -gt $AtMost) { throw ('found ' + $ids.Count + ' messages, and ' + $AtMost + ' were approved at most') }
    $body = @{
        displayName = $Script:CurrentOrder
        description = 'Countersign work order ' + $Script:CurrentOrder
        severity = 'medium'
        action = $Action
        approverUpn = $Script:CurrentApprover
        remediateSendersCopy = $false
        analyzedEmails = @($ids | ForEach-Object { @{ id = $_ } })
    }
    $body = ConvertTo-Json -InputObject $body -Depth 4 -Compress
    Invoke-MgGraphRequest -Method POST -Uri 'https://graph.microsoft.com/beta/security/collaboration/analyzedEmails/remediate' -Body $body -ContentType 'application/json' -ErrorAction Stop
}
